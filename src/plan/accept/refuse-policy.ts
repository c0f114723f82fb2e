import { apiVersion } from '../../api/group.ts';
import { describeUnsupported } from '../../api/not-supported.ts';
import { policyName } from '../../api/scaling-policy.ts';
import type { Paused } from '../../api/scaling-target.ts';
import type { Observation } from '../../observe/observation.ts';
import { sentenceOf } from '../condition.ts';
import type { Refusal } from './refusal.ts';

/** Why the namespace's policy is not accepted, and what is forbidden until it is. */
export interface PolicyRefusal extends Refusal {
  readonly paused: Exclude<Paused, 'None'>;
}

/**
 * A policy that is not accepted pauses its whole namespace, because its say is not known in full; every object says so.
 *
 *   policy                            →  forbidden
 *   cannot be read                       lowering: what can be read of it holds, and a doubt lowers nothing
 *   asks for what is not served yet      both: it may have forbidden the raise
 *   accepted, or none                    nothing
 */
export function refusePolicy({ policy, unreadable, namespace }: Observation): PolicyRefusal | undefined {
  const broken = unreadable.find(({ kind }) => kind === 'ScalingPolicy');
  if (broken !== undefined) {
    return {
      reason: 'Invalid',
      message: `${sentenceOf(broken.message)} Until then no bound is lowered.`,
      paused: 'Down',
    };
  }
  const metadata = { name: policyName, namespace };
  const unsupported = describeUnsupported({ apiVersion, kind: 'ScalingPolicy', metadata, spec: policy });
  if (unsupported === undefined) return undefined;
  const message = `ScalingPolicy ${policyName}: ${unsupported} Until then all bounds are held.`;
  return { reason: 'NotSupported', message, paused: 'Both' };
}
