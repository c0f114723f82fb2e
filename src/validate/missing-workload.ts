import { closestWord } from '../api/faults/closest-word.ts';
import type { ManifestObject } from '../manifests/manifest-object.ts';
import type { Remark } from './finding.ts';

/** A reference to a workload in the same namespace. */
interface WorkloadReference {
  readonly apiVersion?: string | null | undefined;
  readonly kind: string;
  readonly name: string;
}

/** Why a reference finds no workload, and in which of its fields. */
export interface MissingWorkload extends Required<Pick<Remark, 'severity' | 'message'>> {
  readonly field: 'apiVersion' | 'kind' | 'name';
}

/**
 * Returns why a reference finds no workload among the objects of its namespace; undefined when it finds one. It is an
 * error where the one that is meant is there, and a warning where it may be in another folder.
 *
 *   in the folder                             →  error in
 *   the name and kind, of another group          apiVersion: a controller looks in the group that is stated
 *   the name, as another kind                    kind
 *   the kind, by a name that is nearly the same  name
 *   the kind, by the name of what refers          name
 *   nothing like it                              none: a warning
 *
 * @param referrer the name of the object that refers, if it may be that of its workload
 * @param claimed the names that references of this sort find; none of them is meant
 */
export function describeMissingWorkload(
  around: readonly ManifestObject[],
  { apiVersion, kind, name }: WorkloadReference,
  claimed: readonly string[],
  referrer?: string,
): MissingWorkload | undefined {
  const named = around.filter(object => object.kind === kind && object.name === name);
  const [other] = named;
  if (named.some(object => groupOf(object.apiVersion) === groupOf(apiVersion ?? ''))) return undefined;
  if (other !== undefined) {
    const stated = apiVersion ? `apiVersion ${apiVersion}` : 'no apiVersion';
    const message = `finds no ${kind} ${name} with ${stated}; write apiVersion: ${other.apiVersion}`;
    return { field: 'apiVersion', severity: 'error', message };
  }
  const missing = `${kind} ${name} is not in this folder`;
  const scalable = around.filter(({ kind: each }) => ['Deployment', 'StatefulSet', 'ReplicaSet'].includes(each));
  const sameName = scalable.find(object => object.name === name);
  if (sameName !== undefined) {
    return { field: 'kind', severity: 'error', message: `${missing}; did you mean ${sameName.kind} ${name}?` };
  }
  const names = scalable.filter(object => object.kind === kind).map(object => object.name);
  const free = names.filter(each => !claimed.includes(each));
  const near = closestWord(name, free) ?? free.find(each => each === referrer);
  return near === undefined
    ? { field: 'name', severity: 'warning', message: missing }
    : { field: 'name', severity: 'error', message: `${missing}; did you mean ${near}?` };
}

function groupOf(apiVersion: string): string {
  return apiVersion.includes('/') ? apiVersion.slice(0, apiVersion.indexOf('/')) : '';
}
