/** The head of the grid: the names of its columns, and above them what neighbours have in common. */
import { element, type ColView } from './cell';

/** The bands and the names of the columns that are drawn; a gap stands for those left out before one of them. */
export function headRows(cols: readonly ColView[], drawn: readonly number[], skipped: { readonly before: number; readonly width: number } | null): readonly [HTMLElement, HTMLElement] {
  const row = element('div', 'grid-row grid-headrow');
  row.setAttribute('role', 'row');
  row.setAttribute('aria-rowindex', '1');
  const bands = element('div', 'grid-row grid-bands');
  bands.setAttribute('aria-hidden', 'true');
  const band: { name: string | null; el: HTMLElement; width: number } = { name: null, el: bands, width: 0 };
  for (const c of drawn) {
    const col = cols[c];
    if (!col) continue;
    if (c === skipped?.before) {
      row.append(gap(skipped.width));
      bands.append(gap(skipped.width));
      band.name = null;
    }
    const { info } = col;
    row.append(columnHead(col, c));
    const name = info.band ?? '';
    if (band.name === name && !info.frozen) {
      band.width += info.width;
      band.el.style.width = `${band.width}px`;
    } else {
      const el = element('div', `grid-cell k-band${info.frozen ? ' frozen' : ''}${name === '' ? '' : ' named'}`);
      el.textContent = name;
      stand(el, col);
      bands.append(el);
      band.name = info.frozen ? null : name;
      band.el = el;
      band.width = info.width;
    }
  }
  return [bands, row];
}

function columnHead(col: ColView, c: number): HTMLElement {
  const cell = element('div', col.css);
  cell.setAttribute('role', 'columnheader');
  cell.setAttribute('aria-colindex', String(c + 1));
  if (col.info.label !== undefined) cell.setAttribute('aria-label', col.info.label);
  cell.textContent = col.info.title;
  stand(cell, col);
  return cell;
}

function gap(width: number): HTMLElement {
  const el = element('div', 'grid-gap');
  el.style.width = `${width}px`;
  return el;
}

/** As wide as its column, and where that stays. */
function stand(cell: HTMLElement, col: ColView): void {
  cell.style.width = `${col.info.width}px`;
  if (col.info.frozen) cell.style.left = `${col.left}px`;
}
