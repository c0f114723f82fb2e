import { formatDuration } from '../../api/duration.ts';
import { formatInstant } from '../../api/instant.ts';
import type { PlanExplanation } from '../../report/explain-plan.ts';
import { formatNumber } from '../../report/format-number.ts';
import { demandFigure } from '../../report/html/chart-figure.ts';
import { type Html, html, type Part } from '../../report/html/html.ts';
import { table } from '../../report/html/table.ts';
import type { ServiceRow, ServiceView } from '../views/service-view.ts';
import { conditionList, rangeNote, stepTable } from './explanation.ts';
import { away, bounds } from './words.ts';

const mostSales = 50;

const learnedWords = new Map([
  ['lead time', 'Lead time'],
  ['capacity', 'Capacity of a replica'],
  ['calls', 'Calls as measured'],
  ['ordinary peaks', 'Ordinary peaks'],
]);

/** Renders all services with what is in force. */
export function servicesPage(rows: readonly ServiceRow[]): Part {
  if (rows.length === 0)
    return [
      html`<h1>Services</h1>`,
      html`<p class="empty">No ScalingTarget is in the namespaces that you may see.</p>`,
    ];
  return [
    html`<h1>Services</h1>`,
    table({
      caption: 'Services',
      head: ['Service', 'Demand now', 'Ready', 'Floor', 'Bounds', 'Ceiling', 'State'],
      numbers: [1, 2, 3, 4, 5],
      sentences: [6],
      rows: rows.map(row => [
        html`<a href="${serviceHref(row)}">${row.target}</a><br><small>${row.namespace} · ${row.tier}${row.mode === 'Apply' ? '' : ' · watched only'}</small>`,
        row.demand === undefined ? '–' : `${formatNumber(row.demand)}/s`,
        row.ready === undefined ? '–' : formatNumber(row.ready),
        row.floor === undefined ? '–' : formatNumber(row.floor),
        bounds(row.bounds),
        formatNumber(row.ceiling),
        html`${state(row)} ${row.sentence}`,
      ]),
    }),
  ];
}

function serviceHref({ namespace, target }: ServiceRow): string {
  return `/services/${encodeURIComponent(namespace)}/${encodeURIComponent(target)}`;
}

function state({ isReady }: ServiceRow): Html | undefined {
  if (isReady === undefined) return undefined;
  return isReady
    ? html`<span class="badge go"><span aria-hidden="true">✓</span> ok</span>`
    : html`<span class="badge nogo"><span aria-hidden="true">✕</span> needs a look</span>`;
}

/** Renders one service: demand, what is in force, and why it is (not) scaled. */
export function servicePage(view: ServiceView): Part {
  const facts: readonly (readonly [string, Part])[] = [
    ['Demand now', view.demand === undefined ? 'not known' : `${formatNumber(view.demand)} requests per second`],
    ['Ready replicas', view.ready === undefined ? 'not known' : formatNumber(view.ready)],
    ['Bounds in force', bounds(view.bounds)],
    ['Floor', view.floor === undefined ? 'none' : formatNumber(view.floor)],
    ['Ceiling', formatNumber(view.ceiling)],
    ...view.learned.map(([what, sentence]) => [learnedWords.get(what) ?? what, sentence] as const),
    ['Accuracy of seven days', accuracy(view)],
    [
      'Source is late by',
      view.demandLatenessSeconds === undefined ? 'not measured yet' : formatDuration(view.demandLatenessSeconds),
    ],
    [
      'Other owners of its bounds',
      view.otherWriters.length === 0 ? 'none' : [...new Set(view.otherWriters)].join(', '),
    ],
  ];
  return [
    html`<p class="kicker">${view.namespace}</p><h1>${view.target}</h1>`,
    html`<p class="basis">${state(view)} ${view.sentence}</p>`,
    html`<div class="wide" tabindex="0" role="region" aria-label="Facts"><table>${facts.map(([name, value]) => html`<tr><th scope="row">${name}</th><td>${value}</td></tr>`)}</table></div>`,
    demandFigure(
      {
        id: 'demand',
        title: `Demand of ${view.target}`,
        unit: 'requests per second',
        timeZone: 'UTC',
        caption: `What was measured in the newest two hours, and the forecast of the coming six, with all sales in them: the dashed line (P50) is as likely to be exceeded as not, the top of the band (P95) one time in twenty.${view.aheadMissing === undefined ? '' : ` There is no forecast: ${view.aheadMissing}.`}`,
      },
      view.recent,
    ),
    html`<h2>Why it is, or is not, scaled</h2>`,
    view.becauseAt !== undefined && [
      html`<p class="quiet">Decided ${away(view.becauseAt, view.asOf)}${view.because.length === 0 ? ': no sale, peak or emergency asks for a floor, so the bounds stay as they are.' : '.'}</p>`,
      view.because.length > 0 && stepTable(view.because, 'What holds now'),
    ],
    view.lastChange !== undefined &&
      stepTable(view.lastChange.because, `Last change, ${formatInstant(view.lastChange.at)}`),
    view.plans.map(plan => explainedPlan(view, plan)),
    html`<h2>Conditions</h2>`,
    view.conditions.length === 0
      ? html`<p class="empty">Nothing has been said of it yet: is the operator running?</p>`
      : conditionList(view.conditions),
    view.sales.length > 0 &&
      html`<h2>Its sales</h2><ul>${view.sales.slice(0, mostSales).map(name => html`<li><a href="/sales/${encodeURIComponent(view.namespace)}/${encodeURIComponent(name)}">${name}</a></li>`)}</ul>${view.sales.length > mostSales ? html`<p class="quiet">${formatNumber(view.sales.length - mostSales)} more are in the calendar.</p>` : ''}`,
  ];
}

/** Explains one coming sale: the steps to the bounds of this service, and when each holds. */
function explainedPlan({ namespace }: ServiceView, { salePlan, ...plan }: PlanExplanation): Part {
  const { summary, peak, range, risks, targets } = plan;
  const name = salePlan.slice(namespace.length + 1);
  return [
    html`<h3>In <a href="/sales/${encodeURIComponent(namespace)}/${encodeURIComponent(name)}">${name}</a></h3>`,
    html`<p class="quiet">${summary}${peak === undefined ? '' : `; peak: ${peak}`}</p>`,
    rangeNote(range),
    risks.length > 0 && html`<ul class="risks">${risks.map(risk => html`<li>${risk}</li>`)}</ul>`,
    targets.map(({ because, bounds, heldBy }) => [
      because.length > 0 &&
        stepTable(
          because,
          `${name}: from the forecast to the bounds${heldBy === undefined ? '' : `, held by ${heldBy}`}`,
        ),
      table({ caption: `${name}: bounds of the HPA`, head: ['When', 'Bounds'], rows: bounds, numbers: [1] }),
    ]),
  ];
}

function accuracy({ accuracy }: ServiceView): string {
  const { wapePercent, biasPercent, coveragePercent } = accuracy ?? {};
  const told = [
    ...(wapePercent === undefined ? [] : [`WAPE ${wapePercent} %`]),
    ...(biasPercent === undefined ? [] : [`bias ${biasPercent} %`]),
    ...(coveragePercent === undefined ? [] : [`P95 covers ${coveragePercent} %`]),
  ];
  return told.length === 0 ? 'not measured yet' : told.join(', ');
}
