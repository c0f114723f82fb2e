import type { ManifestObject } from '../../manifests/manifest-object.ts';
import { locate, namespaceOf, refuseDuplicates } from '../files/refuse-duplicates.ts';

/** The objects of the namespace that a plan is made for. */
export interface NamespaceManifests {
  /** `default` when no object states one. */
  readonly namespace: string;
  /** Without those of other namespaces; an object that states none is included, as with `kubectl apply -n`. */
  readonly objects: readonly ManifestObject[];
}

const planned = new Set(['ScalingTarget', 'ScalingPolicy', 'HorizontalPodAutoscaler', 'Deployment']);

/**
 * Chooses the namespace that the sales state, or else the ScalingTargets, with the objects of it that a plan reads.
 *
 * @throws Error naming both places, when they state several, or an object is in two places
 */
export function chooseNamespace(
  sales: readonly ManifestObject[],
  objects: readonly ManifestObject[],
): NamespaceManifests {
  const targets = objects.filter(({ kind }) => kind === 'ScalingTarget');
  const namespace = statedNamespace(sales) ?? statedNamespace(targets);
  const own = objects.filter(object => {
    const named = namespaceOf(object);
    return planned.has(object.kind) && (namespace === undefined || named === undefined || named === namespace);
  });
  refuseDuplicates(own);
  return { namespace: namespace ?? 'default', objects: own };
}

/** The namespace that the objects state; undefined where none does. @throws Error naming both places of different ones */
export function statedNamespace(objects: readonly ManifestObject[]): string | undefined {
  const named = objects.filter(object => namespaceOf(object) !== undefined);
  const [first] = named;
  if (first === undefined) return undefined;
  const other = named.find(object => namespaceOf(object) !== namespaceOf(first));
  if (other === undefined) return namespaceOf(first);
  throw new Error(
    `${locate(other, ['metadata', 'namespace'])}: is in namespace ${namespaceOf(other)}, and ${locate(first, ['metadata', 'namespace'])} in ${namespaceOf(first)}: a plan is made for one namespace, run it once for each`,
  );
}
