import { formatDuration } from '../../api/duration.ts';
import type { FlashSale } from '../../api/flash-sale.ts';
import { parseInstant } from '../../api/instant.ts';
import { formatQuantity } from '../../api/quantity.ts';
import type { PlannedTarget } from '../../api/sale-plan.ts';
import { openFreeze } from '../../api/series/deploy-freezes.ts';
import type { Observation, TargetObservation } from '../../observe/observation.ts';
import type { Plan, SaleOutlook } from '../../plan/plan.ts';
import { formatTable } from '../output/format-table.ts';
import { formatCosts } from './format-costs.ts';
import { notAccepted } from './not-accepted.ts';

/**
 * Formats the plan: each sale with its peak, when bounds are raised, replicas by service, limits, risks and reasons.
 */
export function formatPlan(plan: Plan, observation: Observation): string {
  const refused = notAccepted(plan).map(({ kind, name, message }) => `${kind} ${name} is not accepted: ${message}\n`);
  const sales = plan.sales.map(outlook => formatSale(outlook, plan, observation));
  return [...refused, ...formatWaiting(plan), ...sales].join('\n');
}

/** Formats the recurring sales without a date that is planned. */
function formatWaiting({ others }: Plan): readonly string[] {
  return others
    .filter(({ kind, times }) => kind === 'FlashSale' && times !== undefined)
    .map(({ name, conditions }) => `${name}: ${conditions.find(({ type }) => type === 'Accepted')?.message}\n`);
}

function formatSale(outlook: SaleOutlook, plan: Plan, observation: Observation): string {
  const sale = observation.sales.find(({ metadata }) => metadata.name === outlook.sale);
  const timeZone = sale?.spec.timeZone ?? 'UTC';
  const local = (epochMs: number) => formatLocal(epochMs, timeZone);
  const title = `${outlook.sale}: ${local(outlook.start)} to ${local(outlook.end)} ${timeZone}\n`;
  const completed = outlook.conditions.find(({ type }) => type === 'Completed');
  const risks = outlook.risks.map(risk => `  risk: ${risk}\n`);
  if (outlook.stage === 'Past') return [title, `  ${completed?.message ?? 'The sale is over.'}\n`, ...risks].join('');
  const facts = [
    ...(outlook.series === undefined || !outlook.isShown ? [] : [['  recurs', outlook.series]]),
    ['  seen at', local(plan.now)],
    ['  peak', describePeak(outlook, sale, local)],
    ...describeOwnPart(outlook),
    ...(outlook.peakBasis === undefined ? [] : [['  planned from', outlook.peakBasis]]),
    ...(outlook.peakRange === undefined ? [] : [['  range', outlook.peakRange]]),
    [
      '  raised at',
      `${local(outlook.prescaleTime)}, ${formatDuration((outlook.start - outlook.prescaleTime) / 1000)} before the start`,
    ],
    ['  at the highest', `${outlook.extraReplicas} replicas more than the baseline`],
    ['  mode', describeMode(outlook)],
    ...describeFreeze(outlook, plan, local),
  ];
  const services = [
    ['  SERVICE', 'BASELINE', 'IN THE SALE', 'BOUNDS', 'P50', 'P95', 'PEAK AT', 'LIMIT'],
    ...outlook.targets.map(target => serviceRow(target, observation.targets, timeZone)),
  ];
  const costs = formatCosts(outlook.targets);
  const reasons = outlook.targets.map(({ target, because }) =>
    [`  ${target}\n`, ...because.map(({ message }) => `    ${message}\n`)].join(''),
  );
  return [
    title,
    formatTable(facts),
    '\n',
    formatTable(services),
    ...gap(costs === '' ? [] : [costs]),
    ...gap(risks),
    ...gap(reasons),
  ].join('');
}

function describePeak(
  { peakTime, peakPercent, start }: SaleOutlook,
  sale: FlashSale | undefined,
  local: (epochMs: number) => string,
): string {
  const stated = sale?.spec.expectedPeakPercent;
  const says = stated === undefined ? 'none stated' : `stated ${formatTimes(stated)}`;
  if (peakTime === undefined) return `unknown (${says})`;
  const after = formatDuration((peakTime - start) / 1000);
  const times = peakPercent === undefined ? '' : `, ${formatTimes(peakPercent)} an ordinary minute`;
  return `${local(peakTime)}, ${after} after the start${times} (${says})`;
}

/** Describes the sale's own demand, when other sales run at the same time. */
function describeOwnPart({ together }: SaleOutlook): readonly (readonly string[])[] {
  if (together === undefined) return [];
  const { sales, ownPercent, sharePercent } = together;
  const own = `${formatTimes(ownPercent)} an ordinary minute, ${sharePercent} % of what they add at the peak`;
  return [['  by itself', `${own} (together with ${sales.join(', ')})`]];
}

/** Describes the freeze window around the sale, where the policy states a freeze. */
function describeFreeze(
  { start }: SaleOutlook,
  { freezes = [] }: Plan,
  local: (epochMs: number) => string,
): readonly (readonly string[])[] {
  const around = openFreeze(freezes, start);
  return around === undefined ? [] : [['  frozen', `pod templates, ${local(around.start)} to ${local(around.end)}`]];
}

function describeMode({ mode }: SaleOutlook): string {
  return mode === 'Apply'
    ? 'Apply: bounds are raised and put back without a hand'
    : 'ForecastOnly: watched, nothing is raised';
}

/** Formats a service's peak in requests per second, P50 and P95. */
function serviceRow(
  planned: PlannedTarget,
  targets: readonly TargetObservation[],
  timeZone: string,
): readonly string[] {
  const { target, steps, peak, boundBy } = planned;
  const baseline = targets.find(({ target: { metadata } }) => metadata.name === target)?.target.spec.baseline;
  const highest = steps.reduce((most, step) => (step.minReplicas > most.minReplicas ? step : most), {
    from: '',
    minReplicas: 0,
    maxReplicas: 0,
  });
  const at = (level: number) => {
    const quantile = peak.quantiles.find(one => one.level === level);
    return quantile === undefined ? '?' : `${formatQuantity(quantile.requestsPerSecond)}/s`;
  };
  return [
    `  ${target}`,
    `${baseline?.minReplicas ?? '?'}`,
    `${highest.minReplicas}`,
    `${highest.minReplicas}..${highest.maxReplicas}`,
    at(0.5),
    at(0.95),
    peak.quantiles.length === 0 ? '?' : formatLocal(parseInstant(peak.time), timeZone).slice(-5),
    boundBy ?? '',
  ];
}

/** 800 → `8 times`, 250 → `2.5 times`. */
function formatTimes(percent: number): string {
  return `${Number((percent / 100).toPrecision(2))} times`;
}

/** Formats a local time: 2026-11-27 20:00. */
function formatLocal(epochMs: number, timeZone: string): string {
  const options = { timeZone, dateStyle: 'short', timeStyle: 'short' } as const;
  return new Intl.DateTimeFormat('sv-SE', options).format(epochMs);
}

function gap(lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : ['\n', ...lines];
}
