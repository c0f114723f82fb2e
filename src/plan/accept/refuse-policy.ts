import type { Paused } from '../../api/scaling-target.ts';
import type { Observation } from '../../observe/observation.ts';
import { sentenceOf } from '../condition.ts';
import type { Refusal } from './refusal.ts';

/** Why the namespace's policy is not accepted, and what it forbids in the whole namespace until it is. */
export interface PolicyRefusal extends Refusal {
  readonly paused: Paused;
}

/**
 * What a policy that is not accepted forbids. The fields that can be read apply.
 *
 *   policy                                          →  forbidden
 *   cannot be read                                     lowering: nothing is lowered on doubt
 *   accepted, or none                                  nothing
 */
export function refusePolicy({ unreadable }: Observation): PolicyRefusal | undefined {
  const broken = unreadable.find(({ kind }) => kind === 'ScalingPolicy');
  if (broken === undefined) return undefined;
  const message = `${sentenceOf(broken.message)} Until it can be read no bound is lowered.`;
  return { reason: 'Invalid', message, paused: 'Down' };
}
