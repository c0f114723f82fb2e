import { z } from 'zod';
import { maxSurgeOf } from '../../api/limits/rollout-surge.ts';
import { isMissing } from '../../api/missing.ts';
import type { ManifestObject } from '../../manifests/manifest-object.ts';
import type { TargetObservation } from '../../observe/observation.ts';

const workloadSchema = z.looseObject({ spec: z.looseObject({ strategy: z.unknown() }) });

/** Adds how many pods a rollout may add, by the Deployment's manifest where there is one, else by Kubernetes' default. */
export function withSurge(observed: TargetObservation, manifests: readonly ManifestObject[]): TargetObservation {
  const { workload } = observed;
  if (isMissing(workload)) return observed;
  const manifest = manifests.find(({ kind, name }) => kind === workload.kind && name === workload.name);
  const maxSurge = maxSurgeOf(workload.kind, workloadSchema.safeParse(manifest?.value).data?.spec.strategy);
  return maxSurge === undefined ? observed : { ...observed, workload: { ...workload, maxSurge } };
}
