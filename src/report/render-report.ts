import { ownValue } from '../api/names/own-value.ts';
import { elasticSpeedup } from '../simulate/elasticity.ts';
import type { ServiceOutcome } from '../simulate/outcome.ts';
import { escapeText } from './escape-text.ts';
import { formatNumber } from './format-number.ts';
import { formatClock, formatDay } from './local-time.ts';
import { renderChart } from './render-chart.ts';
import { reportStyle } from './report-style.ts';
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
<title>${escapeText(sale.name)}: with Headstart and with the HPA alone</title>
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
<figure>${renderChart(saleForecastChart(report))}
<figcaption>${escapeText(`Forecast of ${formatClock(report.forecast.madeAt, timeZone)}: ${report.forecast.basis}.`)}</figcaption></figure>
<figure>${renderChart(readinessChart(report, report.forecast.service))}</figure>
<h2>For the merchandiser</h2>
${renderSaleTable(report)}
<h2>For the SRE</h2>
${renderServiceTable(report)}
<h2>What Headstart did</h2>
${renderSteps(report)}
<footer><p>${escapeText(`Simulated traffic, seed ${report.seed}; the cluster, its HPAs and its clock are simulated, the operator is the real one. In the run with the HPA alone, it was allowed up to each target's ceiling, so that its bounds never limited it. A second counts as over the objective when any service answers above its p95 objective in it.`)}</p></footer>
</main>
</body>
</html>
`;
}

function verdict({ withHeadstart, hpaAlone }: SaleReport): string {
  const own = withHeadstart.outcome;
  const alone = hpaAlone.outcome;
  const slow =
    own.secondsOverObjective === 0 ? 'No slow seconds' : `${formatNumber(own.secondsOverObjective)} slow seconds`;
  const cost = own.replicaHours / alone.replicaHours;
  return `${slow} with Headstart, ${formatNumber(alone.secondsOverObjective)} slow seconds with the HPA alone, at ${cost.toFixed(2)} times its replica-hours.`;
}

function renderCards({ withHeadstart, hpaAlone }: SaleReport): string {
  const own = withHeadstart.outcome;
  const alone = hpaAlone.outcome;
  const cards = [
    ['seconds over objective', formatNumber(own.secondsOverObjective), formatNumber(alone.secondsOverObjective)],
    ['requests lost', `${formatNumber(own.lostPercent)} %`, `${formatNumber(alone.lostPercent)} %`],
    ['slowest p95', worstAnswer(own.services), worstAnswer(alone.services)],
    ['replica-hours', formatNumber(Math.round(own.replicaHours)), formatNumber(Math.round(alone.replicaHours))],
  ] as const;
  const items = cards.map(
    ([label, ours, theirs]) =>
      `<div class="card"><dt>${label}</dt><dd>${escapeText(ours)}</dd><dd class="rival">HPA alone ${escapeText(theirs)}</dd></div>`,
  );
  return `<dl class="cards">${items.join('')}</dl>`;
}

function worstAnswer(services: readonly ServiceOutcome[]): string {
  const worst = Math.max(...services.map(service => service.worstP95Milliseconds ?? Number.POSITIVE_INFINITY));
  return formatMs(Number.isFinite(worst) ? worst : undefined);
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

function renderServiceTable({ withHeadstart, hpaAlone }: SaleReport): string {
  const head = `<thead><tr><th scope="col" rowspan="2">service</th><th scope="col" rowspan="2">objective</th><th scope="colgroup" colspan="2">seconds over</th><th scope="colgroup" colspan="2">worst p95</th><th scope="col" rowspan="2">peak<br>need</th><th scope="colgroup" colspan="2">max ready</th><th scope="colgroup" colspan="2">replica-hours</th><th scope="col" rowspan="2">elastic<br>speed-up</th></tr>
<tr>${'<th scope="col">Headstart</th><th scope="col">HPA</th>'.repeat(4)}</tr></thead>`;
  const rows = withHeadstart.outcome.services.map(own => {
    const alone = hpaAlone.outcome.services.find(one => one.service === own.service) ?? own;
    const cells = [
      `${own.objectiveMilliseconds} ms`,
      formatNumber(own.secondsOverObjective),
      formatNumber(alone.secondsOverObjective),
      formatMs(own.worstP95Milliseconds),
      formatMs(alone.worstP95Milliseconds),
      formatNumber(own.peakNeed),
      formatNumber(own.peakReady),
      formatNumber(alone.peakReady),
      formatNumber(Math.round(own.replicaHours)),
      formatNumber(Math.round(alone.replicaHours)),
      `${elasticSpeedup(own.elasticity, alone.elasticity).toFixed(1)}×`,
    ];
    return `<tr><th scope="row">${escapeText(own.service)}</th>${cells.map(cell => `<td>${cell}</td>`).join('')}</tr>`;
  });
  return `<div class="wide"><table class="numbers">${head}<tbody>${rows.join('')}</tbody></table></div>`;
}

function renderSteps({ steps, sale }: SaleReport): string {
  const items = steps.map(
    ({ t, text }) =>
      `<li><time datetime="${new Date(t).toISOString()}">${formatClock(t, sale.timeZone, true)}</time> ${escapeText(text)}</li>`,
  );
  return `<ol class="steps">${items.join('')}</ol>`;
}

function formatMs(milliseconds: number | undefined): string {
  if (milliseconds === undefined) return 'no answer';
  return milliseconds >= 1000 ? `${(milliseconds / 1000).toFixed(1)} s` : `${Math.round(milliseconds)} ms`;
}
