/** The sheet as a plain table, for paper: what scrolls cannot be printed. */
import type { Source } from './types';
import { Flag } from './types';
import { element } from './cell';

/** Makes the table of everything the source has. The caller puts it into the page and takes it away again. */
export function printTable(source: Source, caption: string): HTMLElement {
  const table = document.createElement('table');
  table.className = 'grid-print';
  table.createCaption().textContent = caption;
  const cols = Array.from({ length: source.cols() }, (_, c) => ({ c, info: source.col(c) })).filter(({ info }) => info.kind !== 'trend');
  const head = table.createTHead();
  if (cols.some(({ info }) => info.band !== undefined)) {
    const bands = head.insertRow();
    for (const { info } of cols) bands.append(headCell(info.band ?? '', info.kind));
  }
  const heads = head.insertRow();
  for (const { info } of cols) heads.append(headCell(info.title, info.kind));
  const body = table.createTBody();
  for (let r = 0; r < source.rows(); r += 1) {
    const row = source.row(r);
    const line = body.insertRow();
    line.className = `r-${row.kind}`;
    for (const { c, info } of cols) {
      const cell = info.kind === 'name' ? element('th', 'k-name') : element('td', `k-${info.kind}`);
      if (info.kind === 'name') {
        cell.setAttribute('scope', 'row');
        cell.style.paddingLeft = `${(row.level - 1) * 12 + 4}px`;
      }
      cell.textContent = source.text(r, c);
      if (source.flags(r, c) & Flag.error) cell.classList.add('f-error');
      line.append(cell);
    }
  }
  return table;
}

function headCell(text: string, kind: string): HTMLElement {
  const cell = element('th', `k-${kind}`);
  cell.setAttribute('scope', 'col');
  cell.textContent = text;
  return cell;
}
