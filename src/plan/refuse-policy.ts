import { apiVersion } from '../api/group.ts';
import { describeUnsupported } from '../api/not-supported.ts';
import { policyName } from '../api/scaling-policy.ts';
import type { Observation } from '../observe/observation.ts';
import type { Refusal } from './refusal.ts';

/**
 * Why the namespace's policy is not accepted; undefined when it is, or when there is none. A policy that is not accepted
 * holds the whole namespace: its say is unknown, so bounds stay as they are, and every object says so.
 */
export function refusePolicy({ policy, unreadable, namespace }: Observation): Refusal | undefined {
  const broken = unreadable.find(({ kind }) => kind === 'ScalingPolicy');
  if (broken !== undefined) return { reason: 'Invalid', message: `${broken.message} Until then all bounds are held.` };
  const metadata = { name: policyName, namespace };
  const unsupported = describeUnsupported({ apiVersion, kind: 'ScalingPolicy', metadata, spec: policy });
  return unsupported === undefined
    ? undefined
    : {
        reason: 'NotSupported',
        message: `ScalingPolicy ${policyName}: ${unsupported} Until then all bounds are held.`,
      };
}
