import { describeEmergency, survivesRefusal } from '../accept/active-emergency.ts';
import type { TargetStanding } from '../accept/target-standing.ts';
import type { ReplicaStep, TargetNeeds } from './replicas/replica-rule.ts';

/** What an emergency leaves of a target's needs. */
export type EmergencyNeeds =
  | { readonly overrides: true; readonly needs: TargetNeeds | undefined }
  | { readonly overrides: false; readonly needs?: undefined };

/**
 * Decides what a target needs in an emergency, whatever is forecast.
 *
 *   emergency   target                        →  needs
 *   none        any                              what its sales need
 *   Baseline    any                              nothing: what is raised is restored
 *   Ceiling     in mode Apply, can be raised     as many replicas as its cap allows
 *   Ceiling     in mode ForecastOnly             what its sales need, which is told and not written
 *   Ceiling     refused for its bounds           nothing
 */
export function emergencyNeeds(standing: TargetStanding, cap: number): EmergencyNeeds {
  const { emergency, forecastOnlyBy, refusal, observed } = standing;
  if (emergency === undefined) return { overrides: false };
  if (emergency.action === 'Baseline') return { overrides: true, needs: undefined };
  if (forecastOnlyBy !== undefined) return { overrides: false };
  if (!survivesRefusal(emergency, refusal)) return { overrides: true, needs: undefined };
  const { minReplicas } = observed.target.spec.baseline;
  const replicas = Math.max(cap, minReplicas);
  const needs: TargetNeeds = {
    needs: [
      {
        reason: 'Emergency',
        replicas,
        steps: [emergencyStep(standing, replicas)],
      },
    ],
  };
  return { overrides: true, needs };
}

/** The step that tells of an emergency and the replicas that it asks for. */
export function emergencyStep({ emergency }: TargetStanding, replicas: number): ReplicaStep {
  const message = () => (emergency === undefined ? 'no emergency' : describeEmergency(emergency));
  return { rule: 'emergency', value: replicas, unit: 'replicas', message };
}
