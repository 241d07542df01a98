/** Puts the whole sheet on paper: a table of everything takes the grid's place while the page is printed. */
import type { Grid } from '../../grid/core';
import { printTable } from '../../grid/print';
import type { Source } from '../../grid/types';

/** The answer ends it. */
export function printing(grid: () => Grid | null, source: Source, caption: () => string): () => void {
  let table: HTMLElement | null = null;
  const after = (): void => {
    table?.remove();
    table = null;
    grid()?.view.scroller.classList.remove('printed');
  };
  const before = (): void => {
    after();
    const scroller = grid()?.view.scroller;
    if (!scroller) return;
    table = printTable(source, caption());
    scroller.classList.add('printed');
    scroller.after(table);
  };
  addEventListener('beforeprint', before);
  addEventListener('afterprint', after);
  return () => {
    removeEventListener('beforeprint', before);
    removeEventListener('afterprint', after);
  };
}
