import { isJudged } from '../../api/conditions/verdict.ts';
import { formatInstant } from '../../api/instant.ts';
import { formatNumber } from '../../report/format-number.ts';
import { demandFigure, emptyDemand, emptyReplicas, replicaFigure } from '../../report/html/chart-figure.ts';
import { type Html, html, type Part } from '../../report/html/html.ts';
import { table } from '../../report/html/table.ts';
import type { SaleService } from '../views/sale-services.ts';
import type { SaleView } from '../views/sale-view.ts';
import { drawCallGraph } from './draw-call-graph.ts';
import { conditionList, rangeNote, stepTable } from './explanation.ts';
import { limitTable } from './limit-table.ts';
import { pastFigure } from './past-figure.ts';
import { away, bounds, clock, times, verdictBadge, when } from './words.ts';

/** What the viewer may do with the sale. */
export interface SaleActions {
  /** Token of the approval form; absent where the viewer is shown the command instead. */
  readonly csrf?: string | undefined;
}

/** Renders one sale: whether it is safe, what is planned, what came. */
export function salePage(view: SaleView, actions: SaleActions): Part {
  const chosen = view.services.find(({ demand }) => demand !== undefined);
  return [
    html`<p class="kicker">${view.namespace}</p><h1>${view.sale}</h1>`,
    summary(view),
    approvalPart(view, actions),
    reasons(view),
    chosen && charts(view, chosen),
    services(view, chosen?.target),
    drawCallGraph(view.calls),
    limitTable(view.limits),
    pastFigure(view),
    changes(view),
    view.review &&
      html`<p><a href="/reports/${encodeURIComponent(view.namespace)}/${encodeURIComponent(view.salePlan ?? view.sale)}">Report of this sale</a></p>`,
  ];
}

function summary(view: SaleView): Html {
  const { stage, start, end, timeZone, asOf, prescaleTime, peakBasis, peakRange, revision, madeAt } = view;
  const until =
    stage === 'Running'
      ? html`runs, ends ${away(end, asOf)}`
      : stage === 'Coming'
        ? html`T-minus <strong data-countdown="${formatInstant(start)}">${away(start, asOf).replace('in ', '')}</strong>`
        : stage === 'Past'
          ? html`over since ${away(end, asOf).replace(' ago', '')}`
          : html`cancelled`;
  return html`<dl class="cards">
<div class="card"><dt>Verdict</dt><dd>${stage === 'Coming' || stage === 'Running' ? verdictBadge(view.verdict) : html`<span class="badge quiet">${stage.toLowerCase()}</span>`}</dd></div>
<div class="card"><dt>${when(start, timeZone)} to ${clock(end, timeZone)}</dt><dd>${until}</dd></div>
<div class="card"><dt>Raised from</dt><dd>${prescaleTime === undefined ? 'not planned' : html`${clock(prescaleTime, timeZone)} <small>${away(prescaleTime, asOf)}</small>`}</dd></div>
<div class="card"><dt>Peak</dt><dd>${view.plannedPercent === undefined ? '–' : times(view.plannedPercent)} <small>${view.statedPercent === undefined ? 'nothing stated' : `stated ${times(view.statedPercent)}`}</small></dd></div>
<div class="card"><dt>Extra replicas</dt><dd>${view.extraReplicas === undefined ? '–' : formatNumber(view.extraReplicas)}</dd></div>
</dl>${peakBasis === undefined ? '' : html`<p class="basis">${peakBasis}</p>`}${rangeNote(peakRange)}${revision === undefined || madeAt === undefined ? '' : html`<p class="quiet">Revision ${revision} of the plan, made ${away(madeAt, asOf)}.</p>`}`;
}

function approvalPart(view: SaleView, { csrf }: SaleActions): Part {
  const { approval, namespace, salePlan, revision, approvedBy } = view;
  if (approval === 'Approved')
    return html`<p class="notice good">Approved${approvedBy === undefined ? '' : ` by ${approvedBy}`}.</p>`;
  if (approval !== 'Waiting' || salePlan === undefined || revision === undefined) return undefined;
  const raised = view.services.map(({ target, highest, approvedMaximum }) => [
    target,
    bounds(highest),
    approvedMaximum === undefined ? '–' : formatNumber(approvedMaximum),
  ]);
  const command = `kubectl headstart approve ${salePlan} -n ${namespace}`;
  return html`<section class="approval" aria-labelledby="approval"><h2 id="approval">Waits for approval</h2>
${table({ caption: 'What an approval raises', head: ['Service', 'Up to', 'Approved before'], rows: raised, numbers: [1, 2] })}
${csrf === undefined ? html`<p>To approve: <code>${command}</code></p>` : html`<form method="post" action="/approve"><input type="hidden" name="_csrf" value="${csrf}"><input type="hidden" name="namespace" value="${namespace}"><input type="hidden" name="salePlan" value="${salePlan}"><input type="hidden" name="revision" value="${revision}"><button class="primary">Approve revision ${revision}</button></form>`}
</section>`;
}

function reasons({ conditions, risks: recorded, stage }: SaleView): Part {
  if (stage === 'Past') return undefined;
  const judged = conditions.filter(({ type, status }) => isJudged(type) && status === 'False');
  const risks = judged.length > 0 ? judged.map(({ message }) => message) : recorded;
  return [
    risks.length > 0 &&
      html`<h2>What may leave it short</h2><ul class="risks">${risks.map(risk => html`<li>${risk}</li>`)}</ul>`,
    conditions.length > 0 &&
      html`<details><summary>Everything the operator says of it</summary>${conditionList(conditions)}</details>`,
  ];
}

function charts(view: SaleView, service: SaleService): Part {
  const { timeZone, start, end } = view;
  const sale = { start, end };
  const peak = service.peak
    .map(
      ({ level, requestsPerSecond }) =>
        `P${formatNumber(Number(level) * 100)} ${formatNumber(Number(requestsPerSecond))}`,
    )
    .join(', ');
  return [
    html`<h2 id="charts">${service.target}</h2>`,
    demandFigure(
      {
        id: 'demand',
        title: `Demand of ${service.target}`,
        unit: 'requests per second',
        timeZone,
        sale,
        caption: `The dashed line (P50) is as likely to be exceeded as not, the top of the band (P95) one time in twenty. The strongest line is what came. Peak: ${peak === '' ? 'not forecast' : `${peak} requests per second`}.`,
      },
      service.demand ?? emptyDemand,
    ),
    replicaFigure(
      {
        id: 'replicas',
        title: `Replicas of ${service.target}`,
        unit: 'replicas',
        timeZone,
        sale,
        caption: 'The floor is the least that the HPA may run, the maximum the most; ready is what served.',
      },
      service.replicas ?? emptyReplicas,
    ),
    html`<details><summary>Why this floor</summary>${stepTable(service.because)}</details>`,
  ];
}

function services(view: SaleView, chosen: string | undefined): Part {
  if (view.services.length === 0) return html`<p class="empty">Nothing is planned for this sale yet.</p>`;
  return [
    html`<h2>Services</h2>`,
    table({
      caption: 'Services of the sale',
      head: ['Service', 'Bounds', 'Afterwards', 'Ready now', 'Share', 'Held by'],
      numbers: [1, 2, 3, 4],
      rows: view.services.map(one => [
        html`<a href="?service=${encodeURIComponent(one.target)}#charts"${one.target === chosen ? html` aria-current="true"` : ''}>${one.target}</a>${one.isEntryPoint ? html` <small>entry point</small>` : ''}`,
        bounds(one.highest),
        bounds(one.afterwards),
        one.readyNow === undefined ? '–' : formatNumber(one.readyNow),
        `${one.sharePercent} %`,
        one.boundBy ?? '',
      ]),
    }),
    view.servicesLeftOut > 0 &&
      html`<p class="quiet">${view.servicesLeftOut} more services have no room for their steps in the SalePlan.</p>`,
  ];
}

function changes({ edits, asOf }: SaleView): Part {
  if (edits.length === 0) return undefined;
  const rows = edits.map(edit => [
    away(edit.acceptedAt, asOf),
    edit.startTime,
    edit.endTime,
    edit.statedPercent === undefined ? 'nothing' : times(edit.statedPercent),
  ]);
  return [
    html`<h2>Changes</h2>`,
    table({ caption: 'Accepted changes of the FlashSale', head: ['Accepted', 'Start', 'End', 'Stated peak'], rows }),
  ];
}
