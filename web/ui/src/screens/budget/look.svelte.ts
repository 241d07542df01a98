/** How the reader likes the grid: kept between visits, the same for every plan. */
export const DENSITIES = [24, 28, 36] as const;
export type Density = (typeof DENSITIES)[number];
export const ZOOMS = [0.85, 1, 1.15, 1.3] as const;
export type Zoom = (typeof ZOOMS)[number];

interface Look {
  readonly density: Density;
  readonly zoom: Zoom;
  /** Whether names and totals stay in sight when one scrolls to the side. */
  readonly freeze: boolean;
  /** (1,234) in the place of -1,234. */
  readonly brackets: boolean;
  /** How high the drawer is, in pixels. */
  readonly drawer: number;
}
const STORED = 'centerplan.grid';
const FIRST: Look = { density: 28, zoom: 1, freeze: true, brackets: false, drawer: 260 };

function stored(): Look {
  try {
    const kept = JSON.parse(localStorage.getItem(STORED) ?? '{}') as Partial<Record<keyof Look, unknown>>;
    return {
      density: DENSITIES.find((one) => one === kept.density) ?? FIRST.density,
      zoom: ZOOMS.find((one) => one === kept.zoom) ?? FIRST.zoom,
      freeze: kept.freeze !== false,
      brackets: kept.brackets === true,
      drawer: typeof kept.drawer === 'number' ? kept.drawer : FIRST.drawer,
    };
  } catch {
    return FIRST;
  }
}

let now = $state.raw<Look>(stored());

export const look = {
  get density(): Density { return now.density; },
  get zoom(): Zoom { return now.zoom; },
  get freeze(): boolean { return now.freeze; },
  get brackets(): boolean { return now.brackets; },
  get drawer(): number { return now.drawer; },
  set(change: Partial<Look>): void {
    now = { ...now, ...change };
    try {
      localStorage.setItem(STORED, JSON.stringify(now));
    } catch {
      // Without storage it holds for this visit.
    }
  },
};
