import type { DemandForecasts } from '../../src/plan/demand/demand-forecasts.ts';
import { planObservation } from '../support/shop/plan-observation.ts';
import { forecastWorld, observeWorld } from './observe-world.ts';
import { keepsBounds } from './oracles/bounds.ts';
import { standsInTime } from './oracles/in-time.ts';
import type { Look, Oracle } from './oracles/look.ts';
import { lowersForReason } from './oracles/no-decrease.ts';
import { isRestored, settles } from './oracles/restored.ts';
import { plansTheSame, staysAlone } from './oracles/same-plan.ts';
import { keepsShared } from './oracles/shared.ts';
import { keepsTimes } from './oracles/times.ts';
import { recordSales } from './record-sales.ts';
import { demandAt } from './sale-needs.ts';
import { seenIn } from './seen.ts';
import { firstDates, minuteMs, type State, type World } from './world.ts';
import { writePlan } from './write-plan.ts';

/** What came of one world. */
export interface Lived {
  /** What did not hold, in words; empty when everything did. */
  readonly faults: readonly string[];
  /** Rules and reasons that its plans named. */
  readonly seen: ReadonlySet<string>;
}

const always: readonly Oracle[] = [keepsBounds, keepsShared, lowersForReason, standsInTime, keepsTimes];

/** Looks at a world at each of its ticks, then until nothing is left to restore, and holds every plan against the oracles. */
export function liveThrough(world: World, show: (look: Look) => void = () => undefined): Lived {
  const faults: string[] = [];
  const seen = new Set<string>();
  const chosen = world.index % world.ticks.length;
  let previous: Look | undefined;
  let state = world.first;
  const lookAt = (now: number, oracles: readonly Oracle[]) => {
    const due = world.changes.filter(({ at }) => (previous?.now ?? Number.NEGATIVE_INFINITY) < at && at <= now);
    state = due.reduce((before, { change }) => change(before), state);
    const { look, forecasts } = lookOnce(world, { state, now, previous, isChanged: due.length > 0 });
    show(look);
    for (const name of seenIn(look)) seen.add(name);
    for (const oracle of oracles)
      faults.push(...oracle(look).map(fault => `${fault} (${new Date(now).toISOString()})`));
    previous = look;
    state = look.after;
    return { look, forecasts };
  };
  for (const [nth, now] of world.ticks.entries()) {
    const { look, forecasts } = lookAt(now, always);
    if (nth === chosen) faults.push(...plansTheSame(look, forecasts), ...staysAlone(look, world.loadRatio));
    if (nth === chosen || nth === world.ticks.length - 1) faults.push(...settled(world, look));
  }
  const looks = restoreLooks(world.first.given.policy?.rampDown);
  const first = Math.max(world.over, world.ticks.at(-1) ?? 0) + 11 * minuteMs;
  for (let nth = 0; nth < looks; nth++) {
    const { look } = lookAt(first + nth * 61_000, always);
    const isDone = look.plan.targets.every(({ action }) => action === 'Hold');
    if (!isDone && nth < looks - 1) continue;
    faults.push(...isRestored(look));
    break;
  }
  return { faults, seen };
}

/** Looks that a restore takes: three, or as many as the pace of the policy needs. */
function restoreLooks(rampDown: unknown): number {
  const { percentPerMinute } = (rampDown ?? { percentPerMinute: 100 }) as { percentPerMinute: number };
  return percentPerMinute === 100 ? 4 : 5 + Math.ceil(100 / percentPerMinute);
}

function settled(world: World, look: Look): readonly string[] {
  const { maxTotalReplicas, limits, approval } = look.observation.policy;
  const rounds = [maxTotalReplicas, limits, approval].every(one => one === undefined) ? 1 : 8;
  let last = look;
  for (let round = 0; round < rounds; round++) {
    last = lookOnce(world, { state: last.after, now: look.now, previous: last, isChanged: false }).look;
    if (round < rounds - 1 && settles(look, last).length === 0) return [];
  }
  return settles(look, last);
}

export function lookOnce(
  world: World,
  { state, now, previous, isChanged }: { state: State; now: number; previous: Look | undefined; isChanged: boolean },
): { readonly look: Look; readonly forecasts: DemandForecasts } {
  const observation = observeWorld(state, now, world.loadRatio);
  const forecasts = forecastWorld(state, observation);
  const plan = planObservation(observation, forecasts);
  const capacities = new Map(
    observation.targets.map(({ target: { metadata, spec } }) => [metadata.name, Number(spec.capacityPerReplica)]),
  );
  const coming = firstDates(state);
  const loadOf = (name: string) =>
    Math.ceil((demandAt(coming, name, now) * world.loadRatio) / Math.max(1, capacities.get(name) ?? 10));
  const written = writePlan(state, plan, now, loadOf);
  const after = { ...written, salePlans: recordSales(observation, plan).map(withoutApproval) };
  return {
    look: {
      world,
      now,
      before: state,
      observation,
      plan,
      after,
      ...(previous === undefined ? {} : { previous }),
      isChanged,
    },
    forecasts,
  };
}

/** The approvals stand in the world, not in its records. */
function withoutApproval(record: State['salePlans'][number]): State['salePlans'][number] {
  const { approval: _, ...spec } = record.spec;
  return { ...record, spec };
}
