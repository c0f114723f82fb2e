import { parseInstant } from '../../api/instant.ts';
import type { ReasonStep } from '../../api/sale-plan.ts';
import type { Observation } from '../../observe/observation.ts';
import type { Scaler } from '../accept/scaler.ts';
import type { DesiredFloor } from '../floor/desired-floor.ts';
import { restoreBounds } from './restore-bounds.ts';
import { restoreReplicas } from './restore-replicas.ts';
import type { TargetDecision } from './target-decision.ts';

/** The decision that takes a raised target one step back to its baseline. */
export function restoreTarget(desired: DesiredFloor, scaler: Scaler, observation: Observation): TargetDecision {
  const { observed, forecastOnlyBy, recentNeed } = desired;
  const { spec } = observed.target;
  const { policy, now } = observation;
  const peak = highestRecorded(desired, observation);
  const reason = 'Restoring';
  if (scaler.kind === 'Workload') {
    const isGivenUp = forecastOnlyBy !== undefined;
    const back = restoreReplicas({ scaler, spec, recentNeed, isGivenUp, peak, policy, now });
    const value = back.replicas ?? scaler.currentReplicas;
    const message = back.waitsFor ?? `restored to the baseline of ${spec.baseline.minReplicas}, as far as it was ours`;
    const because = [restoreStep(value, message)];
    return { bounds: spec.baseline, action: 'Write', reason, because, ...back };
  }
  const back = restoreBounds({ scaler, spec, peak, policy, now });
  const message =
    back.waitsFor ?? `restored to the baseline ${spec.baseline.minReplicas}..${spec.baseline.maxReplicas}`;
  const because = [restoreStep(back.bounds.minReplicas, message)];
  return { action: 'Write', reason, because, ...back };
}

function restoreStep(replicas: number, message: string): ReasonStep {
  return { rule: 'restore', value: replicas, unit: 'replicas', message };
}

/** The highest minimum that the newest SalePlan has recorded for the target: what rampDown's percent are of. */
function highestRecorded({ name, scaler }: DesiredFloor, { salePlans, now }: Observation): number {
  const begun = salePlans
    .map(({ status }) => status?.plan)
    .filter(plan => plan !== undefined)
    .filter(plan => parseInstant(plan.prescaleTime) <= now)
    .toSorted((a, b) => parseInstant(b.prescaleTime) - parseInstant(a.prescaleTime));
  const planned = begun.map(plan => plan.targets.find(({ target }) => target === name));
  const newest = planned.find(target => target !== undefined);
  return Math.max(scaler?.floor ?? 0, ...(newest?.steps ?? []).map(({ minReplicas }) => minReplicas));
}
