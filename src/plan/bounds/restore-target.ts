import { formatInstant, parseInstant } from '../../api/instant.ts';
import { recordedTargets } from '../../api/learned/recorded-targets.ts';
import type { ReasonStep } from '../../api/sale-plan.ts';
import type { Observation } from '../../observe/observation.ts';
import type { Scaler } from '../accept/scaler.ts';
import { describeMode } from '../accept/target-standing.ts';
import type { DesiredFloor } from '../floor/desired-floor.ts';
import { describeBounds, sameBounds } from './describe-bounds-change.ts';
import { highestRecorded } from './highest-recorded.ts';
import { restoreBounds } from './restore-bounds.ts';
import { restoreReplicas } from './restore-replicas.ts';
import type { TargetDecision } from './target-decision.ts';
import { withinPause } from './within-pause.ts';

/** The decision that takes a raised target one step back to its baseline. */
export function restoreTarget(desired: DesiredFloor, scaler: Scaler, observation: Observation): TargetDecision {
  const { observed, forecastOnlyBy, recentNeed, emergency } = desired;
  const { spec } = observed.target;
  const { policy, now } = observation;
  const peak = highestRecorded(desired.name, scaler, observation);
  const reason = 'Restoring';
  if (scaler.kind === 'Workload') {
    const isGivenUp = forecastOnlyBy !== undefined || emergency?.action === 'Baseline';
    const back = restoreReplicas({ scaler, spec, recentNeed, isGivenUp, peak, policy, now });
    const value = back.replicas ?? scaler.currentReplicas;
    const message = back.waitsFor ?? `restored to the baseline of ${spec.baseline.minReplicas}, as far as it was ours`;
    const because = explainRestore(desired, observation, { value, message });
    return { bounds: spec.baseline, action: 'Write', reason, because, ...back };
  }
  const whole = restoreBounds({ scaler, spec, peak, policy, now });
  const back = { ...whole, bounds: withinPause(whole.bounds, scaler, desired) };
  const message =
    back.waitsFor ??
    (sameBounds(back.bounds, spec.baseline)
      ? `restored to the baseline ${describeBounds(spec.baseline)}`
      : `back to ${describeBounds(back.bounds)}, not up to the baseline ${describeBounds(spec.baseline)} while raises are paused`);
  const because = explainRestore(desired, observation, { value: back.bounds.minReplicas, message });
  return { action: 'Write', reason, because, ...back };
}

/** Explains a restore: why the floor ended, and how far the restore goes now, after the steps of the floor. */
function explainRestore(
  desired: DesiredFloor,
  observation: Observation,
  { value, message }: Pick<ReasonStep, 'value' | 'message'>,
): readonly ReasonStep[] {
  const { floor, forecastOnlyBy, because } = desired;
  const ended = floor === undefined || forecastOnlyBy !== undefined ? [describeEnd(desired, observation)] : [];
  const wanted = forecastOnlyBy === undefined ? because : [];
  const step = (words: string): ReasonStep => ({ rule: 'restore', value, unit: 'replicas', message: words });
  return [...wanted, ...[...ended, message].map(step)];
}

/** Why no floor is due any more. */
function describeEnd(desired: DesiredFloor, observation: Observation): string {
  if (desired.forecastOnlyBy !== undefined) return lowerFirst(describeMode(desired));
  if (desired.emergency?.action === 'Baseline') return 'an emergency ends every raise';
  if (desired.refusal !== undefined) return `the target is refused (${desired.refusal.reason}) and no sale covers it`;
  const newest = newestPlan(desired.name, observation);
  if (newest === undefined) return 'no sale covers it';
  const { sale, end } = newest;
  return end <= observation.now ? `${sale} ended at ${formatInstant(end)}` : `${sale} does not cover it any more`;
}

function lowerFirst(text: string): string {
  return `${text.slice(0, 1).toLowerCase()}${text.slice(1)}`;
}

/** The sale that raised the target last, according to the SalePlans, and its end (epoch ms). */
function newestPlan(target: string, { salePlans, now }: Observation) {
  const begun = salePlans.flatMap(({ spec, status }) => {
    const plan = status?.plan;
    if (plan === undefined || parseInstant(plan.prescaleTime) > now) return [];
    const isOurs = recordedTargets(plan).some(planned => planned.target === target);
    return isOurs ? [{ sale: spec.sale.name, end: parseInstant(plan.endTime) }] : [];
  });
  return begun.toSorted((a, b) => b.end - a.end || (a.sale < b.sale ? -1 : 1))[0];
}
