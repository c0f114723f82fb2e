import { isMissing, type Missing } from '../../api/missing.ts';
import type { ReasonStep } from '../../api/sale-plan.ts';
import type { ScalingPolicySpec } from '../../api/scaling-policy.ts';
import type { Limits, TargetObservation } from '../../observe/observation.ts';
import type { Scaler } from '../accept/scaler.ts';
import { type Curve, highestStep, rowOf, stepAt } from '../demand/curve.ts';
import { floorLevel } from '../demand/levels.ts';
import {
  type Asker,
  askByDay,
  askByRecord,
  askBySale,
  doubtOf,
  holdStep,
  raiseStep,
  rampDownStep,
  sinkStep,
} from './explain-floor.ts';
import { explainExtra, explainPeak, explainRecord } from './explain-need.ts';
import { rampDown } from './ramp-down.ts';
import { replicasFor, sizingOf } from './replicas-for.ts';
import { restAt, type SaleNeed, wholeNeed } from './sale-need.ts';

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
  return live === undefined || live <= wanted.replicas ? raise(live, wanted, input) : sink(live, wanted, input);
}

/** The floor when all that is wanted holds at once; at or below the baseline nobody asks for it. */
function raise(live: number | undefined, { asker, ...floor }: Candidate, { target }: FloorInput): Floor {
  const { minReplicas } = target.target.spec.baseline;
  if (live === undefined && floor.replicas <= minReplicas) return floor;
  const rule = live === floor.replicas ? 'keep' : 'raise';
  return { ...floor, because: [...floor.because, raiseStep(rule, floor.replicas, asker)] };
}

/** A floor that something asks for. */
interface Candidate extends Floor {
  readonly asker: Asker;
}

function saleFloors(need: SaleNeed, { now, target }: FloorInput): readonly Candidate[] {
  const { occurrence, recorded, total } = need;
  const { spec } = target.target;
  const byRecord: Candidate[] =
    recorded === undefined
      ? []
      : [
          {
            replicas: recorded.replicas,
            reason: 'NoDemand',
            because: explainRecord(need),
            asker: askByRecord(need, recorded, now),
          },
        ];
  if (isMissing(total)) return byRecord;
  const from = stepAt(total, now);
  const peak = explainPeak({ curve: total, from, spec, whose: occurrence.sale });
  return [
    {
      replicas: restAt(need, now),
      reason: now < occurrence.start ? 'SaleAhead' : 'SaleRunning',
      because: [...explainExtra(need), ...peak],
      asker: askBySale(need, total, from, now),
    },
    ...byRecord,
  ];
}

function ordinaryFloors({ ordinary, now, target, limits }: FloorInput): readonly Candidate[] {
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
        asker: { demand: `no forecast of an ordinary day (${ordinary.missing})` },
      },
    ];
  }
  const from = stepAt(ordinary, now);
  const until = now + (target.leadTime.seconds + limits.tickSeconds) * 1000;
  const to = Math.max(from + 1, Math.min(ordinary.steps, stepAt(ordinary, until) + 1));
  const row = rowOf(ordinary, floorLevel);
  const replicas = replicasFor(row[highestStep(row, from, to)] ?? 0, sizingOf(spec));
  const because = explainPeak({ curve: ordinary, from, to, spec, whose: 'an ordinary day' });
  return [{ replicas, reason: 'OrdinaryPeak', because, asker: askByDay(ordinary, from, to) }];
}

/** The floor when less is wanted than what holds. */
function sink(live: number, wanted: Candidate, input: FloorInput): Floor {
  const { reason, because, asker } = wanted;
  const doubt = doubtOf(input);
  if (doubt !== undefined) return { replicas: live, reason, because: [...because, holdStep(live, doubt)] };
  const peak = Math.max(live, ...input.covering.map(wholeNeed));
  const replicas = rampDown({
    live,
    wanted: wanted.replicas,
    peak,
    policy: input.policy,
    writtenAt: input.scaler?.writtenAt,
    now: input.now,
  });
  const steps =
    replicas === live
      ? [holdStep(live, "the policy's rampDown takes its next step a minute after the last write")]
      : [
          sinkStep(replicas, asker, input),
          ...(replicas > wanted.replicas ? [rampDownStep(replicas, wanted.replicas)] : []),
        ];
  return { replicas, reason, because: [...because, ...steps] };
}
