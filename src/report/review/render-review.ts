import { formatInstant } from '../../api/instant.ts';
import { formatNumber } from '../format-number.ts';
import { demandFigure, replicaFigure } from '../html/chart-figure.ts';
import { html, type Part } from '../html/html.ts';
import { selfContained } from '../html/self-contained.ts';
import { table } from '../html/table.ts';
import { formatClock, formatDay } from '../local-time.ts';
import { reviewSentences, reviewTables } from './review-tables.ts';
import type { ReviewedSale } from './reviewed-sale.ts';

/** Forms in which the report of a sale is written. */
export const reviewForms = ['md', 'json', 'html'] as const;
export type ReviewForm = (typeof reviewForms)[number];

/** Renders the report of a sale as Markdown, as JSON, or as one self-contained HTML file that can be printed. */
export function renderReview(reviewed: ReviewedSale, form: ReviewForm): string {
  if (form === 'json') return `${JSON.stringify(reviewed.review, null, 2)}\n`;
  if (form === 'md') return renderMarkdown(reviewed);
  return selfContained(`${reviewed.sale}: forecast against actual`, reviewContent(reviewed));
}

/** Services whose charts a report draws. */
const mostDrawn = 8;

/** The content of the report as HTML, for a page of its own or a part of one. */
export function reviewContent(reviewed: ReviewedSale): Part {
  const { namespace, sale, start, end, timeZone, review, services } = reviewed;
  return [
    html`<p class="kicker">${namespace} · <time datetime="${formatInstant(start)}">${hoursOf(reviewed)}</time></p><h1>${sale}: forecast against actual</h1>`,
    html`<ul class="lessons">${reviewSentences(review).map(sentence => html`<li>${sentence}</li>`)}</ul>`,
    reviewTables(review).map(({ title, header, rows, meaning }) => [
      html`<h2>${title}</h2>`,
      table({ caption: title, head: header.map(headWords), rows, numbers: rightOf(header, rows) }),
      html`<p class="quiet">${meaning}</p>`,
    ]),
    services.slice(0, mostDrawn).map(({ target, demand, replicas }, index) => [
      demandFigure(
        {
          id: `demand-${index}`,
          title: `Demand of ${target}`,
          unit: 'requests per second',
          timeZone,
          sale: { start, end },
          caption: 'Forecast P50 to P95, and what came.',
        },
        demand,
      ),
      replicaFigure(
        {
          id: `replicas-${index}`,
          title: `Replicas of ${target}`,
          unit: 'replicas',
          timeZone,
          sale: { start, end },
          caption: 'Floor, maximum and ready replicas.',
        },
        replicas,
      ),
    ]),
    services.length > mostDrawn &&
      html`<p class="quiet">The charts of ${formatNumber(services.length - mostDrawn)} more services are left out.</p>`,
  ];
}

function renderMarkdown(reviewed: ReviewedSale): string {
  const { namespace, sale, review } = reviewed;
  const tables = reviewTables(review).map(({ title, header, rows, meaning }) => {
    const numbers = rightOf(header, rows);
    const rule = header.map((_, column) => (numbers.includes(column) ? '---:' : '---'));
    const lines = [header.map(headWords), rule, ...rows.map(cells => cells.map(escapeMarkdown))];
    return `## ${title}\n\n${lines.map(cells => `| ${cells.join(' | ')} |`).join('\n')}\n\n${escapeMarkdown(meaning)}\n`;
  });
  const lessons = reviewSentences(review).map(sentence => `- ${escapeMarkdown(sentence)}\n`);
  const head = `# ${escapeMarkdown(sale)}: forecast against actual\n\n${escapeMarkdown(`${namespace} · ${hoursOf(reviewed)}`)}\n`;
  return [head, ...(lessons.length === 0 ? [] : [lessons.join('')]), ...tables].join('\n');
}

function hoursOf({ start, end, timeZone }: ReviewedSale): string {
  const isOneDay = formatDay(start, timeZone) === formatDay(end, timeZone);
  const until = `${isOneDay ? '' : `${formatDay(end, timeZone)}, `}${formatClock(end, timeZone)}`;
  return `${formatDay(start, timeZone)}, ${formatClock(start, timeZone)} to ${until} ${timeZone}`;
}

/** A head of the terminal's tables in small letters, but for abbreviations: `WITHIN P50` → `Within P50`. */
function headWords(head: string): string {
  const small = head
    .toLowerCase()
    .replace(/\b(wape|hpa|p\d+)\b/g, word => word.toUpperCase())
    .replace('headstart', 'Headstart');
  return `${small.charAt(0).toUpperCase()}${small.slice(1)}`;
}

/** Columns (from 0) that hold numbers, or nothing: they are set to the right. */
function rightOf(header: readonly string[], rows: readonly (readonly string[])[]): readonly number[] {
  return header.flatMap((_, column) =>
    column > 0 && rows.every(cells => /^(-|never|[+-]?\d.*)$/.test(cells[column] ?? '')) ? [column] : [],
  );
}

/** Escapes what Markdown or HTML within it would take for more than text. */
function escapeMarkdown(text: string): string {
  return text.replaceAll(/[\\`*_[\]<>|#&]/g, sign => `\\${sign}`).replaceAll(/\s+/g, ' ');
}
