/** The mouse, pen and finger on a grid: choosing cells, drawing a fill by its corner, opening rows. */
import { drawnTo } from './blocks';
import type { Point, Range, Source } from './types';
import type { View } from './view';

/** What a pointer asks of the grid. */
export interface Pointed {
  readonly source: Source;
  readonly view: View;
  range(): Range;
  /** Whether a target is the field that is being edited, which keeps its own pointer. */
  edits(target: EventTarget | null): boolean;
  select(to: Point, extend?: boolean): void;
  toggle(open: boolean): void;
  /** Shows what a fill would cover; null for nothing. */
  preview(range: Range | null): void;
  fill(to: Range): void;
}

export function follow(grid: Pointed): void {
  let fill: Range | null = null;

  const choose = (event: PointerEvent): void => {
    const at = atPoint(grid.view, event);
    if (at) grid.select(at, true);
  };
  const draw = (event: PointerEvent): void => {
    const at = atPoint(grid.view, event);
    if (!at) return;
    fill = drawnTo(grid.range(), at);
    grid.preview(fill);
  };
  const drop = (): void => {
    const to = fill;
    fill = null;
    grid.preview(null);
    if (to) grid.fill(to);
  };

  grid.view.scroller.addEventListener('pointerdown', (event) => {
    if (event.button !== 0) return;
    if (event.target === grid.view.handle) {
      event.preventDefault();
      until(draw, drop);
      return;
    }
    const at = grid.edits(event.target) ? null : grid.view.pointOf(event.target);
    if (!at) return;
    event.preventDefault();
    const row = grid.source.row(at.r);
    if (row.open !== null && grid.source.col(at.c).kind === 'name' && !event.shiftKey) {
      grid.select(at);
      grid.toggle(!row.open);
      return;
    }
    grid.select(at, event.shiftKey);
    until(choose, () => undefined);
  });
}

const atPoint = (view: View, { clientX, clientY }: PointerEvent): Point | null => view.pointOf(document.elementFromPoint(clientX, clientY));

/** Follows a pointer until it is lifted, or taken for a scroll, wherever it is then. */
function until(moved: (event: PointerEvent) => void, lifted: () => void): void {
  const over = new AbortController();
  const { signal } = over;
  const end = (): void => {
    over.abort();
    lifted();
  };
  addEventListener('pointermove', moved, { signal });
  addEventListener('pointerup', end, { signal });
  addEventListener('pointercancel', end, { signal });
}
