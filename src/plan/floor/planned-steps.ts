import { formatInstant } from '../../api/instant.ts';
import { isMissing } from '../../api/missing.ts';
import type { PlanStep } from '../../api/sale-plan.ts';
import type { ScalingTargetSpec } from '../../api/scaling-target.ts';
import { timeOf } from '../demand/curve.ts';
import type { Bounds } from '../plan.ts';
import { peakOver, type SaleNeed, wholeNeed } from './sale-need.ts';

/** A sink is worth a step of its own from this share of the peak on; the operator follows finer, the record need not. */
const stepShare = 0.05;

/**
 * The bounds that are due over one sale, as recorded in its SalePlan: the whole sale from the prescale time, less and less
 * after the forecast's peak, the baseline from the end. At most 22 steps.
 */
export function plannedSteps(input: {
  readonly need: SaleNeed;
  readonly spec: ScalingTargetSpec;
  /** Epoch ms. */
  readonly prescaleTime: number;
  /** The bounds that carry a floor, within all limits. */
  readonly boundsOf: (floor: number) => Bounds;
}): readonly PlanStep[] {
  const { need, spec, prescaleTime, boundsOf } = input;
  const whole = wholeNeed(need);
  const steps = [{ at: prescaleTime, floor: whole }, ...sinks(need, whole)];
  const due = steps.map(({ at, floor }) => ({ from: formatInstant(at), ...boundsOf(floor) }));
  const changes = due.filter((step, index) => index === 0 || step.minReplicas !== due[index - 1]?.minReplicas);
  return [...changes, { from: formatInstant(need.occurrence.end), ...spec.baseline }];
}

function sinks(need: SaleNeed, whole: number): readonly { at: number; floor: number }[] {
  const { total, rest, recorded, occurrence } = need;
  const from = peakOver(need);
  if (isMissing(total) || from === undefined || recorded !== undefined) return [];
  const found: { at: number; floor: number }[] = [];
  let last = whole;
  for (const [step, floor] of rest.entries()) {
    const at = timeOf(total, step);
    if (at < from || at >= occurrence.end || last - floor < Math.max(1, whole * stepShare)) continue;
    found.push({ at, floor });
    last = floor;
  }
  return found;
}
