import { type Document, LineCounter, parseAllDocuments, type Tags } from 'yaml';
import { z } from 'zod';
import { builtInKind } from '../schema/built-in-kinds.ts';

/** Where a field stands in an object: `['spec', 'calls', 0, 'target']`. */
export type FieldPath = readonly (string | number)[];

/** One Kubernetes object in a file, and where each of its fields stands. */
export interface ManifestObject {
  readonly file: string;
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
  /** `default` where the object names none; empty for built-in kinds of the whole cluster. */
  readonly namespace: string;
  readonly value: unknown;
  /** The line of a field, or of the nearest one above it that is written down. */
  lineOf(field: FieldPath): number;
}

/** Text that holds no Kubernetes object, or not one that can be read. */
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

/** The objects of one file, those of a `List` one by one; what is none is told, an empty document passed over. */
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

/** `ScalingTarget marketplace/checkout`, `ClusterRole headstart`. */
export function describeManifest({ kind, namespace, name }: ManifestObject): string {
  return namespace === '' ? `${kind} ${name}` : `${kind} ${namespace}/${name}`;
}

/** YAML 1.1 as sigs.k8s.io/yaml reads it: `yes` is a boolean and 0644 octal, but a time stays text and 1:30 is no number. */
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
  // one fault of syntax makes others out of what follows it
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
          message: 'is no Kubernetes object: it has no apiVersion and no kind',
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
        message: `is no whole Kubernetes object: it lacks ${missing}, or not as text`,
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

/** kustomization.yaml is no object of the cluster. */
function isKustomization(value: unknown): boolean {
  return z.looseObject({ apiVersion: z.string().startsWith('kustomize.config.k8s.io/') }).safeParse(value).success;
}

function firstLine(message: string): string {
  return message.split('\n')[0] ?? 'is no YAML';
}
