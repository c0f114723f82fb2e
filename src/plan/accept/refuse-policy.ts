import { apiVersion } from '../../api/group.ts';
import { describeUnsupported } from '../../api/not-supported.ts';
import { policyName } from '../../api/scaling-policy.ts';
import type { Paused } from '../../api/scaling-target.ts';
import type { Observation } from '../../observe/observation.ts';
import { sentenceOf } from '../condition.ts';
import type { Refusal } from './refusal.ts';

/** Why the namespace's policy is not accepted, and what it forbids in the whole namespace until it is. */
export interface PolicyRefusal extends Refusal {
  readonly paused: Paused;
}

/**
 * What a policy that is not accepted forbids. The fields that can be read apply; those that cannot be served are
 * reported.
 *
 *   policy                                          →  forbidden
 *   cannot be read                                     lowering: nothing is lowered on doubt
 *   states what is not served yet                      nothing: it is ignored
 *   accepted, or none                                  nothing
 */
export function refusePolicy({ policy, unreadable, namespace }: Observation): PolicyRefusal | undefined {
  const broken = unreadable.find(({ kind }) => kind === 'ScalingPolicy');
  const object = {
    apiVersion,
    kind: 'ScalingPolicy',
    metadata: { name: policyName, namespace },
    spec: policy,
  } as const;
  const unsupported = describeUnsupported(object);
  if (broken !== undefined) {
    const sentences = [sentenceOf(broken.message), 'Until it can be read no bound is lowered.', unsupported];
    const message = sentences.filter(sentence => sentence !== undefined).join(' ');
    return { reason: 'Invalid', message, paused: 'Down' };
  }
  if (unsupported === undefined) return undefined;
  return { reason: 'NotSupported', message: `ScalingPolicy ${policyName}: ${unsupported}`, paused: 'None' };
}
