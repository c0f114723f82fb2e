import { ownValue } from '../api/names/own-value.ts';
import type { Outcome } from '../simulate/outcome.ts';
import { escapeText } from './escape-text.ts';
import { formatNumber } from './format-number.ts';
import { formatClock, formatDay } from './local-time.ts';
import { renderFigure } from './render-figure.ts';
import { reportStyle } from './report-style.ts';
import { reviewSentences, reviewTables } from './review/review-tables.ts';
import { renderCards, renderServiceTable } from './run-tables.ts';
import { readinessChart, saleForecastChart } from './sale-charts.ts';
import type { SaleReport } from './sale-report.ts';

/**
 * Renders the report of a sale as one self-contained HTML page: inline style and charts, no script, nothing to
 * download.
 */
export function renderReport(report: SaleReport): string {
  const { sale } = report;
  const { timeZone } = sale;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${escapeText(sale.name)}: with Headstart, with a schedule and with the HPA alone</title>
<style>${reportStyle}</style>
</head>
<body>
<main>
<header>
<p class="kicker">${escapeText(`${formatDay(sale.start, timeZone)}, ${formatClock(sale.start, timeZone)} to ${formatClock(sale.end, timeZone)}, ${timeZone}`)}</p>
<h1>${escapeText(sale.name)}</h1>
<p class="verdict">${escapeText(verdict(report))}</p>
${report.fault === undefined ? '' : `<p class="fault">${escapeText(`Injected fault: ${report.fault}.`)}</p>`}
</header>
${renderCards(report)}
${renderFigure(saleForecastChart(report), describeForecast(report))}
${renderFigure(readinessChart(report, report.forecast.service), `The strongest line is what the demand of each second asked for. Where a coloured line is below it, replicas are missing and visitors wait. The schedule asks for ${formatNumber(statedTimes(report))} times the ordinary replicas of every service, from a quarter of an hour before the sale to its end.`)}
<h2>For the merchandiser</h2>
${renderSaleTable(report)}
<h2>For the SRE</h2>
${renderServiceTable(report)}
${renderReview(report)}<h2>What Headstart did</h2>
${renderSteps(report)}
<footer><p>${escapeText(`Simulated traffic, seed ${report.seed}; the cluster, its HPAs and its clock are simulated, the operator is the real one. In the runs without Headstart the HPA was allowed up to each target's ceiling, so that its bounds never limited it. A second counts as over the objective when any service answers above its p95 objective in it.`)}</p></footer>
</main>
</body>
</html>
`;
}

function verdict({ withHeadstart, schedule, hpaAlone }: SaleReport): string {
  const [own, fixed, alone] = [withHeadstart.outcome, schedule.outcome, hpaAlone.outcome];
  const hours = (run: Outcome) => formatNumber(Math.round(run.replicaHours));
  return `${formatNumber(own.secondsOverObjective)} seconds over the objective with Headstart, ${formatNumber(fixed.secondsOverObjective)} with a schedule and ${formatNumber(alone.secondsOverObjective)} with the HPA alone, for ${hours(own)}, ${hours(fixed)} and ${hours(alone)} replica-hours.`;
}

/** Says what the lines of the first chart are, in plain words. */
function describeForecast({ forecast, sale }: SaleReport): string {
  const at = formatClock(forecast.madeAt, sale.timeZone);
  return `Blue is what was expected at ${at}: the dashed line (P50) is as likely to be exceeded as not, the top of the band (P95) is exceeded one time in twenty. The strongest line is what came. Green is the demand that the floor, the least number of replicas the HPA may run, can serve. The forecast was made from: ${forecast.basis}.`;
}

function statedTimes({ sale }: SaleReport): number {
  return (sale.statedPeakPercent ?? 500) / 100;
}

function renderSaleTable(report: SaleReport): string {
  const { sale, forecast, withHeadstart, review } = report;
  const { timeZone } = sale;
  const peak = forecast.points.reduce((best, point) => (point.p50 > best.p50 ? point : best), { t: 0, p50: 0, p95: 0 });
  const seconds = ownValue(withHeadstart.seconds, forecast.service) ?? [];
  const actual = seconds.reduce((best, second) => (second.demand > best.demand ? second : best), { t: 0, demand: 0 });
  const rows: readonly (readonly [string, string])[] = [
    [
      'Stated peak',
      sale.statedPeakPercent === undefined
        ? 'not stated'
        : `${formatNumber(sale.statedPeakPercent)} % of an ordinary minute`,
    ],
    [
      'Forecast peak',
      `${formatNumber(peak.p50)} requests per second (P95 ${formatNumber(peak.p95)}) at ${formatClock(peak.t, timeZone)}`,
    ],
    ['Actual peak', `${formatNumber(actual.demand)} requests per second at ${formatClock(actual.t, timeZone)}`],
    ['Capacity raised', sale.raisedAt === undefined ? 'never' : formatClock(sale.raisedAt, timeZone, true)],
    ['Restored', sale.restoredAt === undefined ? 'not within the run' : formatClock(sale.restoredAt, timeZone, true)],
    ...(review?.suggestedPeakPercent === undefined
      ? []
      : [['Suggestion for the next sale', `expectedPeakPercent: ${review.suggestedPeakPercent}`] as const]),
  ];
  const body = rows.map(([name, value]) => `<tr><th scope="row">${name}</th><td>${escapeText(value)}</td></tr>`);
  return `<table>${body.join('')}</table>`;
}

/** The operator's own review, as `headstart report` prints it. */
function renderReview({ review }: SaleReport): string {
  if (review === undefined) return '';
  const tables = reviewTables(review).map(({ title, header, rows, meaning }) => {
    const head = header.map(name => `<th scope="col">${escapeText(name.toLowerCase())}</th>`).join('');
    const body = rows.map(([name = '', ...cells]) => {
      const values = cells.map(cell => `<td>${escapeText(cell)}</td>`).join('');
      return `<tr><th scope="row">${escapeText(name)}</th>${values}</tr>`;
    });
    return `<h3>${escapeText(title)}</h3>
<div class="wide" tabindex="0" role="group" aria-label="${escapeText(title)}"><table class="numbers"><thead><tr>${head}</tr></thead><tbody>${body.join('')}</tbody></table></div>
<p class="note">${escapeText(meaning)}</p>
`;
  });
  const lessons = reviewSentences(review).map(sentence => `<li>${escapeText(sentence)}</li>`);
  const list = lessons.length === 0 ? '' : `<ul>${lessons.join('')}</ul>\n`;
  return `<h2>The operator's own report</h2>\n${tables.join('')}${list}`;
}

function renderSteps({ steps, sale }: SaleReport): string {
  const items = steps.map(
    ({ t, text }) =>
      `<li><time datetime="${new Date(t).toISOString()}">${formatClock(t, sale.timeZone, true)}</time> ${escapeText(text)}</li>`,
  );
  return `<ol class="steps">${items.join('')}</ol>`;
}
