import { z } from 'zod';
import { group } from '../api/group.ts';
import { builtInKind, isBuiltInGroup } from '../schema/built-in-kinds.ts';
import { type FieldPath, type Place, parseYamlDocuments, type YamlDocument } from './yaml-document.ts';

export type { FieldPath, Place } from './yaml-document.ts';

/** One Kubernetes object in a file, with the positions of its fields. */
export interface ManifestObject {
  readonly file: string;
  readonly apiVersion: string;
  readonly kind: string;
  /** Name of the object; ends in `*` when the API server completes it (`generateName`). */
  readonly name: string;
  /** Namespace; `default` when the object names none, empty for built-in cluster-scoped kinds. */
  readonly namespace: string;
  readonly value: Readonly<Record<string, unknown>>;
  /** Returns the position of a field's value or key; of the nearest parent when the field is not in the file. */
  placeOf(field: FieldPath, part?: 'key'): Place;
  /** Returns the unquoted word of a field's value: `1_000`, `yes`. */
  wordAt(field: FieldPath): string | undefined;
}

/** A fault of a text that has no Kubernetes object, or one that cannot be read. */
export interface Unreadable extends Place {
  readonly file: string;
  readonly severity: 'error' | 'warning';
  readonly message: string;
}

const objectSchema = z.looseObject({
  apiVersion: z.string().min(1),
  kind: z.string().min(1),
  metadata: z.union([
    z.looseObject({ name: z.string().min(1), namespace: z.string().nullish() }),
    z.looseObject({ generateName: z.string().min(1), name: z.null().optional(), namespace: z.string().nullish() }),
  ]),
});
const listSchema = z.looseObject({
  apiVersion: z.string(),
  kind: z.string().regex(/List$/),
  items: z.array(z.unknown()).nullish(),
});
const typedSchema = z.union([z.looseObject({ apiVersion: z.unknown() }), z.looseObject({ kind: z.unknown() })]);

/**
 * Parses the objects of one file as kubectl does; each item of a `List`, `RoleList` and so on is one object. Reports
 * what is not an object; skips empty documents.
 */
export function parseManifestObjects(file: string, text: string): readonly (ManifestObject | Unreadable)[] {
  return parseYamlDocuments(text).flatMap(document => [
    ...document.faults.map(fault => ({ file, severity: 'error' as const, ...fault })),
    ...(document.value === undefined ? [] : objectsIn(document.value, { file, document, path: [] })),
  ]);
}

/** Whether a result is an object, not a fault. */
export function isObject(parsed: ManifestObject | Unreadable): parsed is ManifestObject {
  return 'value' in parsed;
}

/** Formats an object's name: `ScalingTarget marketplace/checkout`, `ClusterRole headstart`. */
export function describeManifest({ kind, namespace, name }: ManifestObject): string {
  return namespace === '' ? `${kind} ${name}` : `${kind} ${namespace}/${name}`;
}

interface Source {
  readonly file: string;
  readonly document: YamlDocument;
  readonly path: FieldPath;
}

function objectsIn(value: unknown, source: Source): readonly (ManifestObject | Unreadable)[] {
  const list = readList(value);
  if (list !== undefined) {
    return list.flatMap((item, index) => objectsIn(item, { ...source, path: [...source.path, 'items', index] }));
  }
  const { file, document, path } = source;
  const remark = (severity: 'error' | 'warning', message: string): readonly Unreadable[] => [
    { file, ...document.placeOf(path), severity, message },
  ];
  if (!typedSchema.safeParse(value).success) {
    return remark('warning', 'is not a Kubernetes object: apiVersion and kind are missing');
  }
  if (isKustomization(value)) return [];
  if (isSettings(value)) return remark('warning', 'is not an object in a cluster: it has no metadata');
  const object = objectSchema.safeParse(value);
  if (!object.success) return remark('error', `is not a complete Kubernetes object: ${describeMissing(value)}`);
  const { apiVersion, kind, metadata } = object.data;
  const isOfCluster = builtInKind(apiVersion, kind)?.namespaced === false;
  return [
    {
      file,
      apiVersion,
      kind,
      name: typeof metadata.name === 'string' ? metadata.name : `${String(metadata.generateName)}*`,
      namespace: isOfCluster ? '' : (metadata.namespace ?? 'default'),
      value: object.data,
      placeOf: (field, part) => document.placeOf([...path, ...field], part),
      wordAt: field => document.wordAt([...path, ...field]),
    },
  ];
}

/**
 * Returns the items of a list; in a typed list (`RoleList`), items without apiVersion and kind get them from it.
 *
 * @see https://github.com/kubernetes/apimachinery/blob/v0.36.0/pkg/apis/meta/v1/unstructured/helpers.go
 */
function readList(value: unknown): readonly unknown[] | undefined {
  const list = listSchema.safeParse(value);
  if (!list.success) return undefined;
  const { apiVersion, items } = list.data;
  const kind = list.data.kind.slice(0, -'List'.length);
  if (kind === '') return items ?? [];
  if (items === undefined && builtInKind(apiVersion, kind) === undefined) return undefined;
  return (items ?? []).map(item =>
    typeof item === 'object' && item !== null && !('kind' in item) ? { apiVersion, kind, ...item } : item,
  );
}

function describeMissing(value: unknown): string {
  const { apiVersion, kind, metadata } = z
    .looseObject({
      apiVersion: z.unknown().optional(),
      kind: z.unknown().optional(),
      metadata: z.looseObject({ name: z.unknown().optional() }).optional().catch(undefined),
    })
    .parse(value);
  const named = metadata === undefined ? { metadata } : { 'metadata.name': metadata.name };
  const sentences = Object.entries({ apiVersion, kind, ...named }).flatMap(([field, found]) => {
    if (typeof found === 'string' && found !== '') return [];
    const isWord = typeof found === 'number' || typeof found === 'boolean';
    return [isWord ? `${field} must be text, got ${found}: write it in quotes` : `${field} is missing`];
  });
  return sentences.join(', ');
}

/** Whether the document is a tool's settings file: of no group of Kubernetes' own or ours, and without metadata. */
function isSettings(value: unknown): boolean {
  const typed = settingsSchema.safeParse(value).data;
  if (typed === undefined || typed.metadata !== undefined) return false;
  return !isBuiltInGroup(typed.apiVersion) && !typed.apiVersion.startsWith(group);
}

const settingsSchema = z.looseObject({ apiVersion: z.string(), kind: z.string(), metadata: z.unknown().optional() });

/** Whether the document is a kustomization.yaml, which is not an object in the cluster. */
function isKustomization(value: unknown): boolean {
  return z.looseObject({ apiVersion: z.string().startsWith('kustomize.config.k8s.io/') }).safeParse(value).success;
}
