import { type Html, html, type Part } from './html.ts';

/**
 * Renders a table in a box that scrolls sideways. Columns count from 0: `numbers` are set to the right, `sentences` are
 * never narrower than a sentence can be read in.
 */
export function table(given: {
  readonly caption: string;
  readonly head: readonly string[];
  readonly rows: readonly (readonly Part[])[];
  readonly numbers?: readonly number[];
  readonly sentences?: readonly number[];
}): Html {
  const { caption, head, rows, numbers = [], sentences = [] } = given;
  const side = (column: number) => {
    if (numbers.includes(column)) return html` class="number"`;
    return sentences.includes(column) ? html` class="sentence"` : '';
  };
  const body = rows.map(
    cells =>
      html`<tr>${cells.map((cell, column) => (column === 0 ? html`<th scope="row">${cell}</th>` : html`<td${side(column)}>${cell}</td>`))}</tr>`,
  );
  return html`<div class="wide" tabindex="0" role="region" aria-label="${caption}"><table><caption>${caption}</caption><thead><tr>${head.map((name, column) => html`<th scope="col"${side(column)}>${name}</th>`)}</tr></thead><tbody>${body}</tbody></table></div>`;
}
