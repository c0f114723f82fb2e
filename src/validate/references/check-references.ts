import { z } from 'zod';
import type { FieldPath, ManifestObject } from '../../manifests/manifest-object.ts';
import type { Remark, Rule } from '../finding.ts';
import { type PodReference, podReferences } from '../pods/pod-references.ts';
import { podTemplatesOf } from '../pods/pod-templates-of.ts';
import { type Declared, declaredIn, missingReference } from './declared.ts';

/** Names that every cluster, or every namespace, has without a manifest. */
const given: ReadonlySet<string> = new Set([
  'ServiceAccount default',
  'ConfigMap kube-root-ca.crt',
  'PriorityClass system-cluster-critical',
  'PriorityClass system-node-critical',
]);

/** Checks that pods find what they name: ConfigMaps and Secrets with their keys, claims, accounts and priorities. */
export const checkReferences: Rule = {
  code: 'missing-reference',
  check: (objects, { generated }) => {
    const declared = declaredIn(objects);
    return podTemplatesOf(objects).flatMap(({ object, at, spec }) =>
      podReferences(spec)
        .filter(({ name }) => !generated.has(name))
        .flatMap(reference => remarkOn(reference, object, at, declared)),
    );
  },
};

function remarkOn(
  { kind, name, keys, field: inner }: PodReference,
  object: ManifestObject,
  at: FieldPath,
  declared: Declared,
): readonly Remark[] {
  const namespace = kind === 'PriorityClass' ? '' : object.namespace;
  const field = [...at, ...inner];
  if (name === '' || given.has(`${kind} ${name}`)) return [];
  const missing = missingReference({ from: object, kind, namespace, name }, declared);
  if (missing !== undefined) return [{ object, field, ...missing }];
  const found = declared.find(kind, namespace, name);
  const known = found === undefined ? undefined : keysIn(found);
  if (known === undefined) return [];
  return keys
    .filter(key => !known.includes(key))
    .map(key => ({
      code: 'missing-key' as const,
      object,
      field,
      message: `${kind} ${name} has no key ${key}; it has ${known.join(', ') || 'none'}`,
    }));
}

const dataSchema = z.looseObject({
  data: z.record(z.string(), z.unknown()).nullish(),
  stringData: z.record(z.string(), z.unknown()).nullish(),
  binaryData: z.record(z.string(), z.unknown()).nullish(),
  type: z.string().nullish(),
});

/** The keys of a ConfigMap or Secret; undefined for another kind, and for one that something else fills. */
function keysIn({ kind, value }: ManifestObject): readonly string[] | undefined {
  if (kind !== 'ConfigMap' && kind !== 'Secret') return undefined;
  const { data, stringData, binaryData, type } = dataSchema.safeParse(value).data ?? {};
  const keys = [data, stringData, binaryData].flatMap(each => Object.keys(each ?? {}));
  const isFilled = kind === 'Secret' && (keys.length === 0 || type === 'kubernetes.io/service-account-token');
  return isFilled ? undefined : keys;
}
