import { isMissing } from '../../../src/api/missing.ts';
import type { TargetObservation } from '../../../src/observe/observation.ts';
import type { TargetPlan } from '../../../src/plan/plan.ts';
import type { GivenSale } from '../../support/shop/given-sales.ts';
import { demandAt, enters } from '../sale-needs.ts';
import { firstDates } from '../world.ts';
import { heldSales } from './held-sales.ts';
import {
  capOn,
  emergencyOf,
  isForecastByMinute,
  isGivenUp,
  isSoldOut,
  type Live,
  type Look,
  liveOf,
  minimumAfter,
  type Oracle,
  plainSales,
  reachedFrom,
} from './look.ts';

const stepMs = 60_000;

/**
 * Invariants 7 and 10: what is raised goes down while a sale covers it only with fresh demand and after the peak, and
 * wherever it goes down, at most at the policy's rate; a cap, a limit, an end of an approval and an emergency may lower
 * it at once.
 */
export const lowersForReason: Oracle = look =>
  look.observation.targets.flatMap(observed => {
    const { name } = observed.target.metadata;
    const live = liveOf(observed);
    const planned = look.plan.targets.find(({ target }) => target === name);
    if (live === undefined || planned === undefined || live.floor === undefined || live.min > live.floor) return [];
    const after = minimumAfter(live, planned);
    if (after >= live.min || isCut(look, observed, live)) return [];
    return [...paceFaults(look, { observed, live, after }), ...doubtFaults(look, observed, planned)];
  });

/** Whether something other than falling demand may lower the target at once. */
function isCut({ observation, world, now }: Look, observed: TargetObservation, live: Live): boolean {
  const { policy } = observation;
  const [own, shared] = [observed.target.spec.emergency, policy.emergency];
  const wasCeiling = [own, shared].some(one => one?.action === 'Ceiling' && Date.parse(one.until) <= now);
  return (
    capOn(observed, observation) < live.min ||
    policy.maxTotalReplicas !== undefined ||
    policy.limits !== undefined ||
    policy.approval !== undefined ||
    emergencyOf(observed, observation) !== undefined ||
    wasCeiling ||
    observed.pods !== undefined ||
    world.oddities.some(name => name === 'another writer' || name.startsWith('maximums taken'))
  );
}

function paceFaults(
  { observation, now, before, plan }: Look,
  { observed, live, after }: { observed: TargetObservation; live: Live; after: number },
): readonly string[] {
  const { rampDown } = observation.policy;
  if (rampDown === undefined) return [];
  const { name } = observed.target.metadata;
  // A sale that is extended may be given more at its highest than was recorded before.
  const recorded = [...before.salePlans.flatMap(({ status }) => status?.plan ?? []), ...plan.sales]
    .flatMap(({ targets }) => targets)
    .filter(({ target }) => target === name);
  const highest = Math.max(
    live.min,
    ...recorded.flatMap(({ steps }) => steps.map(({ minReplicas }) => minReplicas)),
    highestNeed(before, name),
  );
  const most = Math.max(1, Math.floor((highest * rampDown.percentPerMinute) / 100));
  const isSoon = live.writtenAt !== undefined && now - live.writtenAt < 60_000;
  return isSoon || live.min - after > most
    ? [`7: ${name} ${live.min} → ${after}, faster than ${rampDown.percentPerMinute} % of ${highest}`]
    : [];
}

/** An upper bound of the replicas that all sales together need. */
function highestNeed(state: Look['before'], name: string): number {
  const given = firstDates(state);
  const spans = (given.sales ?? []).map(
    ({ startTime, endTime }) => [Date.parse(startTime), Date.parse(endTime)] as const,
  );
  const spec = given.targets[name]?.spec ?? {};
  const highest = spans.reduce(
    (most, [start, end]) => Math.max(most, demandAt(given, name, start + (end - start) / 3)),
    0,
  );
  return Math.ceil(
    (highest * 2 * (1 + Number(spec.headroomPercent ?? 0) / 100)) / Number(spec.capacityPerReplica ?? 10),
  );
}

function doubtFaults(look: Look, observed: TargetObservation, { target }: TargetPlan): readonly string[] {
  const { observation, now, before } = look;
  const covering = plainSales(before).filter(sale => covers(look, sale, target));
  if (covering.length === 0 || isGivenUp(observed, observation)) return [];
  const { demand } = observed;
  if (isMissing(demand) || demand.ageSeconds > observation.limits.staleAfterSeconds)
    return [`10: ${target} goes down in a sale, and demand is not known`];
  return covering.flatMap(sale => {
    if (isSoldOut(before, sale)) return [];
    const over = peakOver(look, sale, target);
    return over === undefined || now >= over
      ? []
      : [`7: ${target} goes down before the peak of ${sale.name} at ${new Date(over).toISOString()}`];
  });
}

/** Whether a sale reaches the target, and its floor stands: from the prescale time of its SalePlan to its end. */
function covers({ before, now }: Look, sale: GivenSale, target: string): boolean {
  const [start, end] = [Date.parse(sale.startTime), Date.parse(sale.endTime)];
  const record = before.salePlans.find(
    ({ spec, status }) =>
      spec.sale.name === sale.name && status?.plan !== undefined && Date.parse(status.plan.endTime) === end,
  );
  const prescale =
    record?.status?.plan === undefined ? start : Math.min(start, Date.parse(record.status.plan.prescaleTime));
  return prescale <= now && now < end && reachedFrom(before.given, enters(before.given, sale)).has(target);
}

/**
 * The end (epoch ms) of the minutes with the highest median; undefined where that is not so clear. While sales are held
 * that are announced no longer, the earlier of the peaks with and without them: only what was raised is held.
 */
function peakOver(look: Look, sale: GivenSale, target: string): number | undefined {
  const { given } = look.before;
  if (!isForecastByMinute(given) || sale.hold === 'Daily') return undefined;
  const sales = plainSales(look.before).filter(one => !isSoldOut(look.before, one));
  const peaks = [sales, [...sales, ...heldSales(look)]].map(all => highestAt({ ...given, sales: all }, sale, target));
  return Math.min(...peaks) + stepMs;
}

/** The first minute (epoch ms) of a sale with the highest demand. */
function highestAt(given: State['given'], sale: GivenSale, target: string): number {
  const [start, end] = [Date.parse(sale.startTime), Date.parse(sale.endTime)];
  let [at, highest] = [start, -1];
  for (let step = start; step < end; step += stepMs) {
    const demand = demandAt(given, target, step);
    if (demand > highest + 1e-9) [at, highest] = [step, demand];
  }
  return at;
}

type State = Look['before'];
