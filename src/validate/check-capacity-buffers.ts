import type { ManifestObject } from '../manifests/manifest-object.ts';
import { bufferChunks } from './buffer-chunks.ts';
import { lowestReplicas } from './check-workloads.ts';
import type { Remark, Rule } from './finding.ts';
import { objectsOf } from './known-objects.ts';

/**
 * Checks that a CapacityBuffer keeps room with every autoscaler: versions differ in whether `replicas` and `percentage`
 * together mean the larger or the smaller, and in how a percentage is rounded.
 *
 *   states                                →  finding
 *   replicas and percentage                  says how much room the autoscalers keep
 *   a percentage of less than one pod        says that some keep none
 *   replicas alone, or limits alone          none: all read them alike
 */
export const checkCapacityBuffers: Rule = {
  code: 'buffer-size',
  check: objects =>
    objectsOf(objects, 'CapacityBuffer').flatMap(({ object, spec }): readonly Remark[] => {
      const { replicas, percentage, scalableRef } = spec;
      // Without a workload, a percentage has nothing to be of, and all leave it out.
      if (typeof percentage !== 'number' || scalableRef == null) return [];
      const remark = { object, field: ['spec', 'percentage'], severity: 'warning' } as const;
      const known = replicasOf(objects, object, scalableRef);
      if (typeof replicas === 'number') {
        const { least, most } = bufferChunks({ replicas, percentage }, known ?? 0);
        if (known !== undefined && least === most) return [];
        const room = known === undefined ? '' : `: beside ${known} replicas room for ${least} or ${most} pods`;
        const message = `of replicas ${replicas} and percentage ${percentage} some autoscalers keep the smaller, others the larger${room}; state one of them`;
        return [{ ...remark, message }];
      }
      if (known === undefined) return [];
      const { least, most } = bufferChunks({ percentage }, known);
      if (least > 0 || most === 0) return [];
      const message = `${percentage} % of ${known} replicas is less than one pod: some autoscalers keep room for ${most}, others for none; state replicas`;
      return [{ ...remark, message }];
    }),
};

/** The fewest replicas of the workload that a buffer refers to; undefined where it is not among the objects. */
function replicasOf(
  objects: readonly ManifestObject[],
  { namespace }: ManifestObject,
  { kind, name }: { readonly kind: string; readonly name: string },
): number | undefined {
  const workload = objectsOf(objects, 'Workload').find(
    ({ object }) => object.namespace === namespace && object.kind === kind && object.name === name,
  );
  return workload === undefined ? undefined : lowestReplicas(objects, workload.object, workload.spec.replicas);
}
