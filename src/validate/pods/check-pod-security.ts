import { z } from 'zod';
import { ownValue } from '../../api/names/own-value.ts';
import type { ManifestObject } from '../../manifests/manifest-object.ts';
import type { Remark, Rule } from '../finding.ts';
import { baselineFaults } from './pod-security-baseline.ts';
import { restrictedFaults } from './pod-security-restricted.ts';
import { podTemplatesOf } from './pod-templates-of.ts';

const namespaceSchema = z.looseObject({
  metadata: z.looseObject({ labels: z.record(z.string(), z.string()).nullish() }),
});

/**
 * Checks pods against the Pod Security level that their own namespace enforces, when the Namespace is among the objects.
 *
 * @see https://kubernetes.io/docs/concepts/security/pod-security-standards/
 */
export const checkPodSecurity: Rule = {
  code: 'pod-security',
  check: objects => {
    const levels = new Map(objects.filter(({ kind }) => kind === 'Namespace').map(each => [each.name, levelOf(each)]));
    return podTemplatesOf(objects).flatMap(({ object, at, spec }): readonly Remark[] => {
      const level = levels.get(object.namespace);
      if (level !== 'baseline' && level !== 'restricted') return [];
      const faults = [...baselineFaults(spec), ...(level === 'restricted' ? restrictedFaults(spec) : [])];
      return faults.map(({ field, message }) => ({
        object,
        field: [...at, ...field],
        message: `namespace ${object.namespace} enforces the level ${level}, which refuses the pods: ${message}`,
      }));
    });
  },
};

function levelOf({ value }: ManifestObject): string | undefined {
  const labels = namespaceSchema.safeParse(value).data?.metadata.labels ?? {};
  return ownValue(labels, 'pod-security.kubernetes.io/enforce');
}
