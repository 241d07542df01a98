/** Where the cells of the screen are, for what is shown beside one. The screen with the grid says it while it is open. */
interface Finder {
  /** The element of a cell named as in the address; null where it is not drawn. */
  find(cell: string): HTMLElement | null;
  /** Puts the cursor on a cell. */
  go(cell: string): void;
}
let finder: Finder | null = null;

export const anchors = {
  /** Begins to answer; what is given back ends it. */
  offer(next: Finder): () => void {
    finder = next;
    return () => {
      if (finder === next) finder = null;
    };
  },
  find: (cell: string): HTMLElement | null => finder?.find(cell) ?? null,
  /** Whether a screen could put the cursor there. */
  go(cell: string): boolean {
    finder?.go(cell);
    return finder !== null;
  },
};
