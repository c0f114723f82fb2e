import { ownValue } from '../api/names/own-value.ts';
import { publishedSchema } from './built-in-schema.ts';
import published from './built-in-schemas.json' with { type: 'json' };
import type { Schema } from './structural-schema.ts';

const kinds: Readonly<Record<string, { readonly schema: string; readonly namespaced: boolean }>> = published.kinds;
const groups = new Set(Object.keys(kinds).map(key => groupOf(key.split(' ')[0] ?? '')));

/** A kind that every Kubernetes 1.36 serves. */
export interface BuiltInKind {
  readonly namespaced: boolean;
  readonly schema: Schema;
}

/** The built-in kind of an object; undefined for kinds of other projects and for versions that 1.36 does not serve. */
export function builtInKind(apiVersion: string, kind: string): BuiltInKind | undefined {
  const key = `${apiVersion} ${kind}`;
  const found = ownValue(kinds, key);
  return found === undefined ? undefined : { namespaced: found.namespaced, schema: publishedSchema(found.schema) };
}

/** Whether an API group is Kubernetes' own; a kind of such a group that is not built in does not exist. */
export function isBuiltInGroup(apiVersion: string): boolean {
  return groups.has(groupOf(apiVersion));
}

/** The API versions in which Kubernetes 1.36 serves a kind: `policy/v1` for PodDisruptionBudget. */
export function servedVersions(kind: string): readonly string[] {
  return Object.keys(kinds).flatMap(key => (key.endsWith(` ${kind}`) ? [key.slice(0, -kind.length - 1)] : []));
}

function groupOf(apiVersion: string): string {
  return apiVersion.includes('/') ? apiVersion.slice(0, apiVersion.indexOf('/')) : '';
}
