import { z } from 'zod';
import type { ManifestObject } from '../../manifests/manifest-object.ts';
import type { RefusedValue } from './refused-value.ts';

const amount = z.union([z.string(), z.number()]).nullish();
const deploymentSchema = z.looseObject({
  apiVersion: z.literal('apps/v1'),
  kind: z.literal('Deployment'),
  spec: z.looseObject({
    strategy: z.looseObject({
      type: z.string().nullish(),
      rollingUpdate: z.looseObject({ maxSurge: amount, maxUnavailable: amount }).nullish(),
    }),
  }),
});

/** Finds a rollout of a Deployment that can neither add nor remove a pod, or fields of another strategy. */
export function rolloutFaults({ value }: ManifestObject): readonly RefusedValue[] {
  const { type, rollingUpdate } = deploymentSchema.safeParse(value).data?.spec.strategy ?? {};
  if (rollingUpdate == null) return [];
  const field = ['spec', 'strategy', 'rollingUpdate'];
  if (type === 'Recreate') return [{ field, message: 'a strategy of type Recreate has no rollingUpdate: remove it' }];
  const isStuck = [rollingUpdate.maxSurge, rollingUpdate.maxUnavailable].every(each => each === 0 || each === '0%');
  return isStuck
    ? [{ field, message: 'maxSurge and maxUnavailable are both 0: a rollout can neither add nor remove a pod' }]
    : [];
}
