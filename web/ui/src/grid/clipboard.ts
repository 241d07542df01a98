/** Tables as text: TSV as Excel, WPS and Sheets write it, and HTML for documents. */

export type Cells = readonly (readonly string[])[];

/** Lines end with CRLF; a cell with a tab, a quote or a line break is quoted. */
export function toTsv(cells: Cells): string {
  const quoted = (text: string): string => (/[\t\r\n"]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  return cells.map((row) => row.map(quoted).join('\t')).join('\r\n');
}

export function toHtml(cells: Cells): string {
  const safe = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  const rows = cells.map((row) => `<tr>${row.map((text) => `<td>${safe(text)}</td>`).join('')}</tr>`);
  return `<table><tbody>${rows.join('')}</tbody></table>`;
}

/** Reads TSV, or text with another separator, with quoted cells that may hold tabs and line breaks. A last line break ends the last row. */
export function parseTsv(text: string, separator = '\t'): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  let cell = '';
  let quoted = false;
  const endCell = (): void => {
    row.push(cell);
    cell = '';
  };
  const endRow = (): void => {
    endCell();
    rows.push(row);
    row = [];
  };
  for (let i = 0; i < text.length; i += 1) {
    const char = text.charAt(i);
    if (quoted) {
      if (char !== '"') cell += char;
      else if (text[i + 1] === '"') {
        cell += '"';
        i += 1;
      } else quoted = false;
    } else if (char === '"' && cell === '') quoted = true;
    else if (char === separator) endCell();
    else if (char === '\n' || char === '\r') {
      if (char === '\r' && text[i + 1] === '\n') i += 1;
      endRow();
    } else cell += char;
  }
  if (cell !== '' || row.length > 0) endRow();
  return rows;
}

/** Repeats a block over a larger selection when that is a multiple of it; else the block as it is. */
export function tiled(cells: Cells, rows: number, cols: number): Cells {
  const height = cells.length;
  const width = Math.max(0, ...cells.map((row) => row.length));
  if (height === 0 || width === 0 || rows % height !== 0 || cols % width !== 0 || (rows === height && cols === width)) return cells;
  return Array.from({ length: rows }, (_, r) => Array.from({ length: cols }, (__, c) => cells[r % height]?.[c % width] ?? ''));
}
