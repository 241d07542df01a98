/** What lies below the grid. */
export type DrawerTab = 'errors' | 'line' | 'left';

/** A cell that a paste left out, by its place. */
export interface LeftOut {
  readonly line: string;
  readonly column: string;
  readonly raw: string;
  readonly reason: string;
  readonly r: number;
  readonly c: number;
}
