import { formatInstant } from '../../api/instant.ts';
import { isMissing } from '../../api/missing.ts';
import { stopsRaises } from '../accept/effective-mode.ts';
import type { Occurrence } from '../accept/occurrence.ts';
import type { DesiredFloor } from '../floor/desired-floor.ts';
import type { ReplicaChain } from '../floor/replicas/replica-chain.ts';
import { explainSteps, type NamespaceTotal } from '../floor/replicas/replica-rule.ts';
import type { ScheduledSale } from '../floor/schedule-sales.ts';
import { lookAlikeRisk, lookAlikes } from './look-alikes.ts';
import { plausibilityRisks } from './risks/plausibility-risks.ts';
import { sharedLimitRisks } from './risks/shared-limit-risks.ts';
import { similarRisk } from './risks/similar-risk.ts';

/** Lists what may go wrong in a sale, one sentence per risk, worst first, as soon as it is known. */
export function saleRisks(input: {
  readonly sale: ScheduledSale;
  /** The sales that count in the demand of others, as `countedSales` gives them. */
  readonly counted: readonly Occurrence[];
  readonly desiredFloors: readonly DesiredFloor[];
  /** The namespace's total. */
  readonly total: NamespaceTotal;
  readonly chain: Pick<ReplicaChain, 'limits' | 'targets'>;
}): readonly string[] {
  const { sale, counted, desiredFloors, total, chain } = input;
  const reached = desiredFloors.filter(({ name }) => sale.needs.has(name));
  return [
    ...lateRisk(sale),
    ...lateTargetRisks(sale),
    ...reached.flatMap(desired => refusedRisk(desired)),
    ...reached.flatMap(desired => pausedRisk(desired)),
    ...reached.flatMap(desired => limitRisk(sale, desired)),
    ...sharedLimitRisks(sale, chain),
    ...totalRisk(sale, total),
    ...reached.flatMap(desired => zeroRisk(desired)),
    ...reached.flatMap(desired => demandRisk(sale, desired)),
    ...sameSaleRisk(sale, counted),
    ...similarRisk(sale.occurrence),
    ...plausibilityRisks(sale, reached),
  ];
}

function lateRisk({ isLate, prescaleTime }: ScheduledSale): readonly string[] {
  return isLate ? [`The sale is late: bounds were due at ${formatInstant(prescaleTime)}.`] : [];
}

/** Names of targets in one sentence; further ones have a sentence of their own. */
const namesAtOnce = 10;

/** Names each target that will be ready only after the start, the most critical first. */
function lateTargetRisks({ lateTargets, whole }: ScheduledSale): readonly string[] {
  const words = lateTargets.map(({ target, lateSeconds }) => `${target} ${lateSeconds} s`);
  const count = `${lateTargets.length} of ${whole.size} targets`;
  return Array.from({ length: Math.ceil(words.length / namesAtOnce) }, (_, nth) => {
    const named = words.slice(nth * namesAtOnce, (nth + 1) * namesAtOnce).join(', ');
    return `Not ready at the start, the most critical first: ${named} late (${count}).`;
  });
}

function refusedRisk({ name, refusal }: DesiredFloor): readonly string[] {
  return refusal === undefined ? [] : [`${name} cannot be raised: ${refusal.message}`];
}

function pausedRisk({ name, paused }: DesiredFloor): readonly string[] {
  return stopsRaises(paused) ? [`${name} is not raised while paused: ${paused}.`] : [];
}

function limitRisk({ whole }: ScheduledSale, { name }: DesiredFloor): readonly string[] {
  const limits = whole.get(name)?.steps.filter(({ rule }) => rule === 'limit') ?? [];
  return explainSteps(limits).map(({ message }) => `${name}: ${message}.`);
}

/** Compares the whole sale with the namespace's total, although only what is due now is shared out. */
function totalRisk({ whole }: ScheduledSale, { field, replicas: total }: NamespaceTotal): readonly string[] {
  const wanted = whole.values().reduce((sum, { replicas }) => sum + replicas, 0);
  return wanted > total ? [`${field} of ${total} leaves less than the ${wanted} replicas needed.`] : [];
}

/** Reports sales that look the same. A ForecastOnly sale is not counted in the demand of any other sale. */
function sameSaleRisk({ occurrence }: ScheduledSale, counted: readonly Occurrence[]): readonly string[] {
  const { audienceGroup } = occurrence.spec;
  const others = counted.filter(({ spec }) => audienceGroup === undefined || spec.audienceGroup !== audienceGroup);
  return lookAlikeRisk(lookAlikes(occurrence, others), 'their demand is added up');
}

function zeroRisk({ name, observed: { workload } }: DesiredFloor): readonly string[] {
  const isZero = !isMissing(workload) && workload.replicas === 0;
  return isZero ? [`${name} is scaled to 0, so nothing can raise it.`] : [];
}

function demandRisk({ needs }: ScheduledSale, { name }: DesiredFloor): readonly string[] {
  const need = needs.get(name);
  if (need === undefined || !isMissing(need.total)) return [];
  const instead = need.recorded === undefined ? '' : `: ${need.recorded.replicas} replicas, ${need.recorded.message}`;
  return [`${name} has no forecast (${need.total.missing})${instead}.`];
}
