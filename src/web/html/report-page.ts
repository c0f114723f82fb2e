import { html, type Part } from '../../report/html/html.ts';
import { reviewContent, reviewForms } from '../../report/review/render-review.ts';
import type { ReviewedSale } from '../../report/review/reviewed-sale.ts';
import type { SaleView } from '../views/sale-view.ts';
import { away, when } from './words.ts';

const formNames = { md: 'Markdown', json: 'JSON', html: 'HTML, one file' };

/** Renders forecast against what happened, to be printed; without a report, when there will be one. */
export function reportPage(view: SaleView, reviewed: ReviewedSale | undefined): Part {
  const { start, end, timeZone, asOf, namespace, sale, salePlan = sale } = view;
  if (reviewed === undefined)
    return [
      html`<p class="kicker">${namespace} · ${when(start, timeZone)}</p><h1>${sale}: forecast against actual</h1>`,
      html`<p class="empty">There is no report yet: it is written once the sale is over and restored. ${end > asOf ? 'The sale ends' : 'The sale ended'} ${away(end, asOf)}.</p>`,
    ];
  const file = `/reports/${encodeURIComponent(namespace)}/${encodeURIComponent(salePlan)}`;
  const links = reviewForms.map(
    form => html`<li><a href="${file}.${form}"${form === 'html' ? html` download` : ''}>${formNames[form]}</a></li>`,
  );
  return [reviewContent(reviewed), html`<ul class="files">${links}</ul>`];
}
