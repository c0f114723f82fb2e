import { formatDuration } from '../../api/duration.ts';
import { formatNumber } from '../../report/format-number.ts';
import type { SaleView } from '../views/sale-view.ts';
import { demandFigure, emptyDemand, emptyReplicas, replicaFigure } from './chart-figure.ts';
import { html, type Part } from './html.ts';
import { table } from './layout.ts';
import { away, when } from './words.ts';

/** Renders forecast against what happened, to be printed. */
export function reportPage(view: SaleView): Part {
  const { review, start, end, timeZone, asOf, namespace, sale, salePlan = sale } = view;
  const files = `/reports/${encodeURIComponent(namespace)}/${encodeURIComponent(salePlan)}`;
  const head = html`<p class="kicker">${namespace} · ${when(start, timeZone)}</p><h1>${sale}: forecast against actual</h1>`;
  if (review === undefined)
    return [
      head,
      html`<p class="empty">There is no report yet: it is written once the sale is over and restored. The sale ends ${away(end, asOf)}.</p>`,
    ];
  const percent = (value: number | undefined, signed = false) =>
    value === undefined ? '–' : `${signed && value > 0 ? '+' : ''}${Math.round(value)} %`;
  return [
    head,
    review.suggestedPeakPercent !== undefined &&
      html`<p class="basis">Next time, state <code>expectedPeakPercent: ${review.suggestedPeakPercent}</code>.</p>`,
    table({
      caption: 'How right it was, what it gained, what it cost',
      head: [
        'Service',
        'Error',
        'Bias',
        'Peak error',
        'Within P95',
        'Ready after',
        'Minutes short',
        'Without Headstart',
        'Replica-hours over',
        'under',
        'Minutes at ceiling',
      ],
      numbers: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10],
      rows: review.targets.map(one => [
        one.target,
        percent(one.wapePercent),
        percent(one.biasPercent, true),
        percent(one.peakErrorPercent, true),
        percent(one.coveragePercent),
        one.secondsToReady === undefined ? 'never' : formatDuration(one.secondsToReady),
        formatNumber(one.minutesShort),
        formatNumber(one.minutesShortWithoutPrescale),
        formatNumber(one.replicaHoursOver),
        formatNumber(one.replicaHoursUnder),
        formatNumber(one.minutesAtCeiling),
      ]),
    }),
    html`<p class="quiet">Error (WAPE), bias and peak error compare the forecast's P50 with what came. Short: minutes with too few ready replicas, as it was, and as it would have been with the HPA alone.</p>`,
    view.services.slice(0, mostDrawn).map((one, index) => [
      demandFigure(
        {
          id: `demand-${index}`,
          title: `Demand of ${one.target}`,
          unit: 'requests per second',
          timeZone,
          sale: { start, end },
          caption: 'Forecast P50 to P95, and what came.',
        },
        one.demand ?? emptyDemand,
      ),
      replicaFigure(
        {
          id: `replicas-${index}`,
          title: `Replicas of ${one.target}`,
          unit: 'replicas',
          timeZone,
          sale: { start, end },
          caption: 'Floor, maximum and ready replicas.',
        },
        one.replicas ?? emptyReplicas,
      ),
    ]),
    html`<p class="files"><a href="${files}.md">Markdown</a> · <a href="${files}.json">JSON</a> · <a href="${files}.html" download>HTML, one file</a></p>`,
  ];
}

/** Services whose charts a report draws. */
const mostDrawn = 8;

/** Writes the report as Markdown. */
export function reportMarkdown({ sale, namespace, review }: SaleView, text: string): string {
  const next =
    review?.suggestedPeakPercent === undefined
      ? ''
      : `\nNext time: \`expectedPeakPercent: ${review.suggestedPeakPercent}\`\n`;
  return `# ${sale} (${namespace})\n\n\`\`\`text\n${text.trimEnd()}\n\`\`\`\n${next}`;
}
