import { z } from 'zod';
import type { Remark, Rule } from '../finding.ts';
import { objectsOf } from '../known-objects.ts';
import { type PodTemplate, podTemplatesOf } from '../pods/pod-templates-of.ts';
import { declaredIn } from './declared.ts';

const claimSchema = z.looseObject({ spec: z.looseObject({ accessModes: z.array(z.string()) }) });
const replicasSchema = z.looseObject({ spec: z.looseObject({ replicas: z.number().nullish() }) });

/** Checks that a disk which one node at a time may use is not shared by several pods: those on other nodes never start. */
export const checkClaims: Rule = {
  code: 'volume-access',
  check: objects => {
    const declared = declaredIn(objects);
    return podTemplatesOf(objects).flatMap(template => {
      const { object, at, spec } = template;
      const pods = mostPods(template, objects);
      if (pods < 2) return [];
      return spec.volumes.flatMap(({ persistentVolumeClaim: claim }, index): readonly Remark[] => {
        if (claim == null) return [];
        const found = declared.find('PersistentVolumeClaim', object.namespace, claim.claimName);
        const modes = claimSchema.safeParse(found?.value).data?.spec.accessModes ?? [];
        const isOfOne = modes.length > 0 && modes.every(mode => /^ReadWriteOnce(Pod)?$/.test(mode));
        if (!isOfOne) return [];
        const message = `up to ${pods} pods share claim ${claim.claimName}, which is ${modes.join(' and ')}: use volumeClaimTemplates of a StatefulSet, or ReadWriteMany`;
        return [{ object, field: [...at, 'volumes', index, 'persistentVolumeClaim'], message }];
      });
    });
  },
};

/** The most pods of a workload side by side: its HPA's maximum, else what it states. */
function mostPods({ object }: PodTemplate, objects: Parameters<Rule['check']>[0]): number {
  if (object.kind !== 'Deployment' && object.kind !== 'StatefulSet') return 1;
  const autoscaler = objectsOf(objects, 'HorizontalPodAutoscaler').find(
    ({ object: each, spec: { scaleTargetRef } }) =>
      each.namespace === object.namespace && scaleTargetRef.kind === object.kind && scaleTargetRef.name === object.name,
  );
  return autoscaler?.spec.maxReplicas ?? replicasSchema.safeParse(object.value).data?.spec.replicas ?? 1;
}
