import type { FieldPath } from '../../manifests/manifest-object.ts';
import { containersOf, type TemplateSpec } from './pod-spec.ts';

/** An object that a pod needs before it can start, by name. */
export interface PodReference {
  readonly kind: 'ConfigMap' | 'PersistentVolumeClaim' | 'PriorityClass' | 'Secret' | 'ServiceAccount';
  readonly name: string;
  /** Keys of it that the pod reads by name. */
  readonly keys: readonly string[];
  /** The path of the name in the pod's spec. */
  readonly field: FieldPath;
}

/** Lists what a pod needs by name; what it marks optional is left out. */
export function podReferences(spec: TemplateSpec): readonly PodReference[] {
  return [...ownReferences(spec), ...volumeReferences(spec), ...variableReferences(spec)];
}

function ownReferences({
  serviceAccountName,
  priorityClassName,
  imagePullSecrets,
}: TemplateSpec): readonly PodReference[] {
  return [
    { kind: 'ServiceAccount' as const, name: serviceAccountName ?? '', keys: [], field: ['serviceAccountName'] },
    { kind: 'PriorityClass' as const, name: priorityClassName ?? '', keys: [], field: ['priorityClassName'] },
    ...imagePullSecrets.map(({ name }, index) => ({
      kind: 'Secret' as const,
      name: name ?? '',
      keys: [],
      field: ['imagePullSecrets', index, 'name'],
    })),
  ];
}

interface Source {
  readonly name?: string | null | undefined;
  readonly optional?: boolean | null | undefined;
  readonly items?: readonly { readonly key: string }[];
}

function volumeReferences({ volumes }: TemplateSpec): readonly PodReference[] {
  return volumes.flatMap(({ configMap, secret, persistentVolumeClaim, projected }, index) => {
    const at = ['volumes', index];
    const own = secret == null ? undefined : { ...secret, name: secret.secretName };
    return [
      ...referenceTo('ConfigMap', configMap, [...at, 'configMap', 'name']),
      ...referenceTo('Secret', own, [...at, 'secret', 'secretName']),
      ...referenceTo(
        'PersistentVolumeClaim',
        persistentVolumeClaim == null ? undefined : { name: persistentVolumeClaim.claimName },
        [...at, 'persistentVolumeClaim', 'claimName'],
      ),
      ...(projected?.sources ?? []).flatMap((source, each) => [
        ...referenceTo('ConfigMap', source.configMap, [...at, 'projected', 'sources', each, 'configMap', 'name']),
        ...referenceTo('Secret', source.secret, [...at, 'projected', 'sources', each, 'secret', 'name']),
      ]),
    ];
  });
}

function variableReferences(spec: TemplateSpec): readonly PodReference[] {
  return containersOf(spec).flatMap(({ container: { env, envFrom }, path }) => [
    ...env.flatMap(({ valueFrom }, index) => {
      const at = [...path, 'env', index, 'valueFrom'];
      const { configMapKeyRef: map, secretKeyRef: secret } = valueFrom ?? {};
      return [
        ...referenceTo('ConfigMap', map && { ...map, items: [map] }, [...at, 'configMapKeyRef', 'name']),
        ...referenceTo('Secret', secret && { ...secret, items: [secret] }, [...at, 'secretKeyRef', 'name']),
      ];
    }),
    ...envFrom.flatMap(({ configMapRef, secretRef }, index) => [
      ...referenceTo('ConfigMap', configMapRef, [...path, 'envFrom', index, 'configMapRef', 'name']),
      ...referenceTo('Secret', secretRef, [...path, 'envFrom', index, 'secretRef', 'name']),
    ]),
  ]);
}

function referenceTo(
  kind: PodReference['kind'],
  source: Source | null | undefined,
  field: FieldPath,
): readonly PodReference[] {
  if (source == null || source.optional === true) return [];
  return [{ kind, name: source.name ?? '', keys: (source.items ?? []).map(({ key }) => key), field }];
}
