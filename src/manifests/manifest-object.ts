import { type Document, LineCounter, parseAllDocuments, type Tags } from 'yaml';
import { z } from 'zod';
import { builtInKind } from '../schema/built-in-kinds.ts';

/** The path of a field in an object: `['spec', 'calls', 0, 'target']`. */
export type FieldPath = readonly (string | number)[];

/** One Kubernetes object in a file, with the lines of its fields. */
export interface ManifestObject {
  readonly file: string;
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
  /** `default` where the object names none; empty for built-in kinds that are cluster-scoped. */
  readonly namespace: string;
  readonly value: unknown;
  /** The line of a field, or of its nearest parent that is in the file. */
  lineOf(field: FieldPath): number;
}

/** A text without a Kubernetes object, or with one that cannot be read. */
export interface Unreadable {
  readonly file: string;
  readonly line: number;
  readonly severity: 'error' | 'warning';
  readonly message: string;
}

const objectSchema = z.looseObject({
  apiVersion: z.string(),
  kind: z.string(),
  metadata: z.looseObject({ name: z.string(), namespace: z.string().optional() }),
});
const listSchema = z.looseObject({ apiVersion: z.literal('v1'), kind: z.literal('List'), items: z.array(z.unknown()) });
const typedSchema = z.union([z.looseObject({ apiVersion: z.unknown() }), z.looseObject({ kind: z.unknown() })]);
const rangeSchema = z.looseObject({ range: z.tuple([z.number()]).rest(z.number()) });

/**
 * Parses the objects of one file; the items of a `List` count one by one. Reports what is not an object; skips empty
 * documents.
 */
export function parseManifestObjects(file: string, text: string): readonly (ManifestObject | Unreadable)[] {
  const broken = text.indexOf('\uFFFD');
  if (broken >= 0) {
    const line = text.slice(0, broken).split('\n').length;
    return [{ file, line, severity: 'error', message: 'is not UTF-8 text' }];
  }
  const lines = new LineCounter();
  const documents: readonly Document[] = parseAllDocuments(text, {
    lineCounter: lines,
    version: '1.1',
    customTags: asKubernetesReads,
  });
  return documents.flatMap(document => readDocument(file, document, lines));
}

/** Formats an object's name: `ScalingTarget marketplace/checkout`, `ClusterRole headstart`. */
export function describeManifest({ kind, namespace, name }: ManifestObject): string {
  return namespace === '' ? `${kind} ${name}` : `${kind} ${namespace}/${name}`;
}

/**
 * Reads YAML 1.1 as sigs.k8s.io/yaml does: `yes` is a boolean and 0644 is octal, but a time stays text and 1:30 is not
 * a number.
 */
function asKubernetesReads(tags: Tags): Tags {
  return tags.filter(
    tag =>
      typeof tag === 'string' ||
      (tag.tag !== 'tag:yaml.org,2002:timestamp' && !('format' in tag && tag.format === 'TIME')),
  );
}

function readDocument(file: string, document: Document, lines: LineCounter): readonly (ManifestObject | Unreadable)[] {
  const at = (offset: number, message: string): Unreadable => {
    return { file, line: lines.linePos(offset).line, severity: 'error', message };
  };
  const faults = document.errors.map(error => at(error.pos[0], firstLine(error.message)));
  const isReadable = document.errors.every(({ code }) => code === 'DUPLICATE_KEY');
  // Report only the first syntax error, since it causes those that follow.
  if (!isReadable) return faults.slice(0, 1);
  if (document.contents === null) return faults;
  const value = toValue(document);
  const start = document.contents.range?.[0] ?? 0;
  if (value instanceof Error) return [...faults, at(start, value.message)];
  return [...faults, ...objectsIn(value, [], { file, document, lines })];
}

interface Source {
  readonly file: string;
  readonly document: Document;
  readonly lines: LineCounter;
}

function objectsIn(value: unknown, path: FieldPath, source: Source): readonly (ManifestObject | Unreadable)[] {
  const list = listSchema.safeParse(value);
  if (list.success) return list.data.items.flatMap((item, index) => objectsIn(item, [...path, 'items', index], source));
  const lineOf = (field: FieldPath) => lineAt([...path, ...field], source);
  const { file } = source;
  const object = objectSchema.safeParse(value);
  if (!object.success) {
    if (!typedSchema.safeParse(value).success) {
      return [
        {
          file,
          line: lineOf([]),
          severity: 'warning',
          message: 'is not a Kubernetes object: apiVersion and kind are missing',
        },
      ];
    }
    if (isKustomization(value)) return [];
    const missing = object.error.issues.map(issue => issue.path.join('.')).join(', ');
    return [
      {
        file,
        line: lineOf([]),
        severity: 'error',
        message: `is not a complete Kubernetes object: ${missing} is missing or not text`,
      },
    ];
  }
  const { apiVersion, kind, metadata } = object.data;
  const isOfCluster = builtInKind(apiVersion, kind)?.namespaced === false;
  const namespace = isOfCluster ? '' : (metadata.namespace ?? 'default');
  return [{ file, apiVersion, kind, name: metadata.name, namespace, value, lineOf }];
}

function lineAt(field: FieldPath, { document, lines }: Source): number {
  for (let length = field.length; length >= 0; length -= 1) {
    const node = rangeSchema.safeParse(length === 0 ? document.contents : document.getIn(field.slice(0, length), true));
    if (node.success) return lines.linePos(node.data.range[0]).line;
  }
  return 1;
}

function toValue(document: Document): unknown {
  try {
    return document.toJS({ maxAliasCount: 100 });
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}

/** Whether the document is a kustomization.yaml, which is not an object of the cluster. */
function isKustomization(value: unknown): boolean {
  return z.looseObject({ apiVersion: z.string().startsWith('kustomize.config.k8s.io/') }).safeParse(value).success;
}

function firstLine(message: string): string {
  return message.split('\n')[0] ?? 'is not YAML';
}
