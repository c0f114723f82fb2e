import { formatDuration } from '../../api/duration.ts';
import { formatInstant } from '../../api/instant.ts';
import { isMissing, type Missing } from '../../api/missing.ts';
import type { ReasonStep } from '../../api/sale-plan.ts';
import type { ScalingPolicySpec } from '../../api/scaling-policy.ts';
import type { Limits, TargetObservation } from '../../observe/observation.ts';
import type { Scaler } from '../accept/scaler.ts';
import { type Curve, highestStep, rowOf, stepAt } from '../demand/curve.ts';
import { floorLevel } from '../demand/levels.ts';
import { explainExtra, explainPeak, explainRecord } from './explain-need.ts';
import { rampDown } from './ramp-down.ts';
import { replicasFor, sizingOf } from './replicas-for.ts';
import { peakOver, restAt, type SaleNeed, wholeNeed } from './sale-need.ts';

/** Replicas that must be ready now, before any limit; and why. */
export interface Floor {
  readonly replicas: number;
  readonly reason: 'SaleAhead' | 'SaleRunning' | 'OrdinaryPeak' | 'NoDemand';
  readonly because: readonly ReasonStep[];
}

export interface FloorInput {
  /** Epoch ms. */
  readonly now: number;
  readonly target: TargetObservation;
  readonly scaler: Scaler | undefined;
  /** The sales whose prescale time has come and that are not over. */
  readonly covering: readonly SaleNeed[];
  /** Ordinary demand just ahead; absent where `ordinaryPeaks` is off. */
  readonly ordinary: Curve | Missing | undefined;
  readonly policy: ScalingPolicySpec;
  readonly limits: Limits;
}

/**
 * The law of the floor: the highest of
 *
 *   what                        when                                  how much
 *   ordinary demand             `ordinaryPeaks`                       P95 over [now, now + lead time + tick]
 *   each covering sale          prescaleTime ≤ now < end              P95 over [max(now, start), end]
 *   … without demand            the same                              the highest step of its SalePlan, else a guess that is told
 *   what already holds          while one of these covers now,        the live floor
 *                               unless it may sink
 *
 * It may sink only with fresh actuals, after the forecast's peak of every covering sale, at most at the policy's rate.
 * So at prescaleTime it covers the whole sale, and an operator that dies for good then leaves no minute short.
 * Undefined when nothing asks for a floor; one at or below the baseline asks for nothing more than the baseline.
 */
export function planFloor(input: FloorInput): Floor | undefined {
  const asked = [...input.covering.flatMap(need => saleFloors(need, input)), ...ordinaryFloors(input)];
  const [first, ...others] = asked;
  if (first === undefined) return undefined;
  const wanted = others.reduce((highest, floor) => (floor.replicas > highest.replicas ? floor : highest), first);
  const live = input.scaler?.floor;
  return live === undefined || live <= wanted.replicas ? wanted : sink(live, wanted, input);
}

function saleFloors(need: SaleNeed, { now, target }: FloorInput): readonly Floor[] {
  const { occurrence, recorded, total } = need;
  const { spec } = target.target;
  const byRecord: Floor[] =
    recorded === undefined ? [] : [{ replicas: recorded.replicas, reason: 'NoDemand', because: explainRecord(need) }];
  if (isMissing(total)) return byRecord;
  const peak = explainPeak({ curve: total, from: stepAt(total, now), spec, whose: occurrence.sale });
  return [
    {
      replicas: restAt(need, now),
      reason: now < occurrence.start ? 'SaleAhead' : 'SaleRunning',
      because: [...explainExtra(need), ...peak],
    },
    ...byRecord,
  ];
}

function ordinaryFloors({ ordinary, now, target, limits }: FloorInput): readonly Floor[] {
  if (ordinary === undefined) return [];
  const { spec } = target.target;
  if (isMissing(ordinary)) {
    const { minReplicas } = spec.baseline;
    const message = `No demand (${ordinary.missing}): ${minReplicas} replicas, the baseline`;
    return [
      {
        replicas: minReplicas,
        reason: 'NoDemand',
        because: [{ rule: 'record', value: minReplicas, unit: 'replicas', message }],
      },
    ];
  }
  const from = stepAt(ordinary, now);
  const until = now + (target.leadTime.seconds + limits.tickSeconds) * 1000;
  const to = Math.max(from + 1, Math.min(ordinary.steps, stepAt(ordinary, until) + 1));
  const row = rowOf(ordinary, floorLevel);
  const replicas = replicasFor(row[highestStep(row, from, to)] ?? 0, sizingOf(spec));
  const because = explainPeak({ curve: ordinary, from, to, spec, whose: 'an ordinary day' });
  return [{ replicas, reason: 'OrdinaryPeak', because }];
}

/** The floor when less is wanted than what holds. */
function sink(live: number, wanted: Floor, input: FloorInput): Floor {
  const doubt = doubtOf(input);
  if (doubt !== undefined) return hold(live, wanted, `${live} replicas are held: ${doubt}`);
  const peak = Math.max(live, ...input.covering.map(wholeNeed));
  const replicas = rampDown({
    live,
    wanted: wanted.replicas,
    peak,
    policy: input.policy,
    writtenAt: input.scaler?.writtenAt,
    now: input.now,
  });
  return replicas === wanted.replicas
    ? wanted
    : hold(replicas, wanted, `${replicas} replicas on the way down to ${wanted.replicas}, at the policy's rampDown`);
}

/** Why the floor may not sink now; undefined when it may. */
function doubtOf({ target: { demand }, covering, limits, now }: FloorInput): string | undefined {
  if (isMissing(demand)) return `demand is unknown (${demand.missing})`;
  if (demand.ageSeconds > limits.staleAfterSeconds) {
    return `the newest demand is ${formatDuration(demand.ageSeconds)} old`;
  }
  const settledSeconds = (now - (demand.settledUntil ?? now)) / 1000;
  if (settledSeconds > limits.staleAfterSeconds + (demand.latenessSeconds ?? 0)) {
    return `demand of the last ${formatDuration(settledSeconds)} may still rise`;
  }
  for (const need of covering) {
    const over = peakOver(need);
    if (over === undefined) return `${need.occurrence.sale} has no forecast`;
    if (now < over) return `the forecast's peak of ${need.occurrence.sale}, until ${formatInstant(over)}, is not over`;
  }
  return undefined;
}

function hold(replicas: number, wanted: Floor, message: string): Floor {
  return {
    replicas,
    reason: wanted.reason,
    because: [...wanted.because, { rule: 'hold', value: replicas, unit: 'replicas', message }],
  };
}
