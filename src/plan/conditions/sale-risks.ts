import { formatInstant } from '../../api/instant.ts';
import { isMissing } from '../../api/missing.ts';
import { stopsRaises } from '../accept/effective-mode.ts';
import type { DesiredFloor } from '../floor/desired-floor.ts';
import { limitFloor } from '../floor/limit-floor.ts';
import { wholeNeed } from '../floor/sale-need.ts';
import type { ScheduledSale } from '../floor/schedule-sales.ts';
import type { NamespaceShare } from '../floor/share-namespace.ts';
import { plausibilityRisks } from './risks/plausibility-risks.ts';

/** What may go wrong in a sale, a sentence each, worst first: said as soon as it is known, not when it happens. */
export function saleRisks(input: {
  readonly sale: ScheduledSale;
  readonly desiredFloors: readonly DesiredFloor[];
  readonly share: NamespaceShare;
}): readonly string[] {
  const { sale, desiredFloors, share } = input;
  const reached = desiredFloors.filter(({ name }) => sale.needs.has(name));
  return [
    ...lateRisk(sale),
    ...reached.flatMap(desired => refusedRisk(desired)),
    ...reached.flatMap(desired => pausedRisk(desired)),
    ...reached.flatMap(desired => limitRisk(sale, desired)),
    ...totalRisk(sale, reached, share),
    ...reached.flatMap(desired => zeroRisk(desired)),
    ...reached.flatMap(desired => demandRisk(sale, desired)),
    ...plausibilityRisks(sale, reached),
  ];
}

function lateRisk({ isLate, prescaleTime }: ScheduledSale): readonly string[] {
  return isLate ? [`The sale is late: bounds were due at ${formatInstant(prescaleTime)}.`] : [];
}

function refusedRisk({ name, refusal }: DesiredFloor): readonly string[] {
  return refusal === undefined ? [] : [`${name} cannot be raised: ${refusal.message}`];
}

function pausedRisk({ name, paused }: DesiredFloor): readonly string[] {
  return stopsRaises(paused) ? [`${name} is not raised while paused: ${paused}.`] : [];
}

function limitRisk({ needs }: ScheduledSale, { name, observed, cap }: DesiredFloor): readonly string[] {
  const need = needs.get(name);
  if (need === undefined) return [];
  const { boundBy, because } = limitFloor(wholeNeed(need), observed.target.spec, cap);
  return boundBy === undefined ? [] : because.map(({ message }) => `${name}: ${message}.`);
}

/** The whole sale against the namespace's total, although only what is due now is shared out. */
function totalRisk(
  { needs }: ScheduledSale,
  reached: readonly DesiredFloor[],
  share: NamespaceShare,
): readonly string[] {
  const wanted = reached.reduce((sum, { name, observed, cap }) => {
    const need = needs.get(name);
    return sum + (need === undefined ? 0 : limitFloor(wholeNeed(need), observed.target.spec, cap).replicas);
  }, 0);
  return wanted > share.total
    ? [`${share.field} of ${share.total} leaves less than the ${wanted} replicas needed.`]
    : [];
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
