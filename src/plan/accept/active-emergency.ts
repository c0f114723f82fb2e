import type { ConditionReason } from '../../api/conditions/condition-catalogue.ts';
import type { Emergency } from '../../api/field.ts';
import { formatInstant, parseInstant } from '../../api/instant.ts';

/** An emergency that is in force for a target, and whose field states it. */
export interface ActiveEmergency extends Emergency {
  readonly by: 'target' | 'policy';
  /** Epoch ms. */
  readonly end: number;
}

/**
 * Chooses the emergency that is in force for a target at `now` (epoch ms).
 *
 *   the target's      the policy's     →  in force
 *   not over          any                 the target's
 *   none, or over     not over            the policy's
 *   none, or over     none, or over       none
 */
export function activeEmergency(
  stated: { readonly target: Emergency | undefined; readonly policy: Emergency | undefined },
  now: number,
): ActiveEmergency | undefined {
  for (const by of ['target', 'policy'] as const) {
    const emergency = stated[by];
    if (emergency === undefined) continue;
    const end = parseInstant(emergency.until);
    if (now < end) return { ...emergency, by, end };
  }
  return undefined;
}

/** Describes an emergency: what it does, who asked for it, until when and why. */
export function describeEmergency({ action, requestedBy, until, reason, by }: ActiveEmergency): string {
  return `emergency ${action} by ${requestedBy} until ${formatInstant(parseInstant(until))}, stated by the ${by}: ${reason}`;
}

/** Refusals of a target that say nothing of its bounds: an emergency raises it all the same. */
const outlived: readonly ConditionReason<'Accepted'>[] = ['Invalid', 'CapacityZero', 'CallCycle'];

/** Whether a refusal of a target keeps an emergency from raising it. */
export function survivesRefusal(
  emergency: ActiveEmergency | undefined,
  refusal: { readonly reason: ConditionReason<'Accepted'> } | undefined,
): boolean {
  return refusal === undefined || (emergency?.action === 'Ceiling' && outlived.includes(refusal.reason));
}
