import { type Html, html, type Part } from './html.ts';

/** Renders a table in a box that scrolls sideways; `numbers` are the columns (from 0) that are set to the right. */
export function table(given: {
  readonly caption: string;
  readonly head: readonly string[];
  readonly rows: readonly (readonly Part[])[];
  readonly numbers?: readonly number[];
}): Html {
  const { caption, head, rows, numbers = [] } = given;
  const side = (column: number) => (numbers.includes(column) ? html` class="number"` : '');
  const body = rows.map(
    cells =>
      html`<tr>${cells.map((cell, column) => (column === 0 ? html`<th scope="row">${cell}</th>` : html`<td${side(column)}>${cell}</td>`))}</tr>`,
  );
  return html`<div class="wide" tabindex="0" role="region" aria-label="${caption}"><table><caption>${caption}</caption><thead><tr>${head.map((name, column) => html`<th scope="col"${side(column)}>${name}</th>`)}</tr></thead><tbody>${body}</tbody></table></div>`;
}
