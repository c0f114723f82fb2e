import { elasticSpeedup } from '../simulate/elasticity.ts';
import type { Outcome, ServiceOutcome } from '../simulate/outcome.ts';
import { escapeText } from './escape-text.ts';
import { formatNumber } from './format-number.ts';
import type { SaleReport } from './sale-report.ts';

/** What the cards say, with the meaning of each word beside it. */
const measures: readonly (readonly [label: string, meaning: string, of: (outcome: Outcome) => string])[] = [
  [
    'seconds over the objective',
    'in which any service answered more slowly than it promises',
    outcome => formatNumber(outcome.secondsOverObjective),
  ],
  ['requests lost', 'whose clients gave up waiting', outcome => `${formatNumber(outcome.lostPercent)} %`],
  ['slowest p95', 'in its worst second, one request in twenty took longer', outcome => worstAnswer(outcome.services)],
  [
    'replica-hours',
    'what it cost: one replica for one hour',
    outcome => formatNumber(Math.round(outcome.replicaHours)),
  ],
];

/** Renders the four measures of the run with Headstart, each with those of the other runs. */
export function renderCards({ withHeadstart, schedule, hpaAlone }: SaleReport): string {
  const items = measures.map(([label, meaning, of]) => {
    const rivals = [
      ['schedule', schedule],
      ['HPA alone', hpaAlone],
    ] as const;
    const others = rivals.map(([name, run]) => `<dd class="rival">${name} ${escapeText(of(run.outcome))}</dd>`);
    return `<div class="card"><dt>${label}<small>${meaning}</small></dt><dd>${escapeText(of(withHeadstart.outcome))}</dd>${others.join('')}</div>`;
  });
  return `<dl class="cards">${items.join('')}</dl>`;
}

const runNames = ['Headstart', 'schedule', 'HPA'];

/** Renders a row for each service with its measures in the three runs, and the meaning of the words below. */
export function renderServiceTable({ withHeadstart, schedule, hpaAlone }: SaleReport): string {
  const groups = ['seconds over', 'worst p95', 'max ready', 'replica-hours'];
  const spans = groups.map(name => `<th scope="colgroup" colspan="3">${name}</th>`).join('');
  const names = runNames.map(name => `<th scope="col">${name}</th>`).join('');
  const head = `<thead><tr><th scope="col" rowspan="2">service</th><th scope="col" rowspan="2">objective</th><th scope="col" rowspan="2">peak<br>need</th>${spans}<th scope="col" rowspan="2">elastic<br>speed-up</th></tr><tr>${names.repeat(groups.length)}</tr></thead>`;
  const rows = withHeadstart.outcome.services.map(own => {
    const runs = [own, serviceOf(schedule.outcome, own), serviceOf(hpaAlone.outcome, own)];
    const cells = [
      `${own.objectiveMilliseconds} ms`,
      formatNumber(own.peakNeed),
      ...runs.map(run => formatNumber(run.secondsOverObjective)),
      ...runs.map(run => formatMs(run.worstP95Milliseconds)),
      ...runs.map(run => formatNumber(run.peakReady)),
      ...runs.map(run => formatNumber(Math.round(run.replicaHours))),
      `${elasticSpeedup(own.elasticity, serviceOf(hpaAlone.outcome, own).elasticity).toFixed(1)}×`,
    ];
    return `<tr><th scope="row">${escapeText(own.service)}</th>${cells.map(cell => `<td>${cell}</td>`).join('')}</tr>`;
  });
  return `<p class="hint">The table is wider than this screen: move it sideways.</p>
<div class="wide" tabindex="0" role="group" aria-label="Each service in the three runs"><table class="numbers">${head}<tbody>${rows.join('')}</tbody></table></div>
<p class="note">Objective: the p95 that a service promises; nineteen of twenty requests are answered faster. Peak need: the replicas that the demand of the busiest second asked for. Max ready: the most replicas that could answer at once. Elastic speed-up: how much closer supply followed demand than with the HPA alone; above 1 is better.</p>`;
}

function serviceOf({ services }: Outcome, like: ServiceOutcome): ServiceOutcome {
  return services.find(({ service }) => service === like.service) ?? like;
}

function worstAnswer(services: readonly ServiceOutcome[]): string {
  const worst = Math.max(...services.map(service => service.worstP95Milliseconds ?? Number.POSITIVE_INFINITY));
  return formatMs(Number.isFinite(worst) ? worst : undefined);
}

function formatMs(milliseconds: number | undefined): string {
  if (milliseconds === undefined) return 'no answer';
  return milliseconds >= 1000 ? `${(milliseconds / 1000).toFixed(1)} s` : `${Math.round(milliseconds)} ms`;
}
