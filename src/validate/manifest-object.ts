import { type Document, LineCounter, parseAllDocuments } from 'yaml';
import { z } from 'zod';

/** One Kubernetes object in a file, and where each of its fields stands. */
export interface ManifestObject {
  readonly file: string;
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
  /** `default` where the object names none. */
  readonly namespace: string;
  readonly value: unknown;
  /** The line of a field, or of the nearest one above it that is written down. */
  lineOf(field: readonly (string | number)[]): number;
}

/** Text that is no YAML, with the line where it ends to be. */
export interface Unreadable {
  readonly file: string;
  readonly line: number;
  readonly message: string;
}

const objectSchema = z.looseObject({
  apiVersion: z.string(),
  kind: z.string(),
  metadata: z.looseObject({ name: z.string(), namespace: z.string().optional() }),
});

const rangeSchema = z.looseObject({ range: z.tuple([z.number()]).rest(z.number()) });

/** The objects of one file; documents that are no Kubernetes objects are passed over, broken YAML is told. */
export function parseManifestObjects(file: string, text: string): readonly (ManifestObject | Unreadable)[] {
  const lines = new LineCounter();
  const documents: readonly Document[] = parseAllDocuments(text, { lineCounter: lines });
  return documents.flatMap((document): readonly (ManifestObject | Unreadable)[] => {
    const [error] = document.errors;
    if (error !== undefined) {
      return [{ file, line: lines.linePos(error.pos[0]).line, message: error.message.split('\n')[0] ?? 'is no YAML' }];
    }
    const value: unknown = document.toJS({ maxAliasCount: 100 });
    const object = objectSchema.safeParse(value);
    if (!object.success) return [];
    const { apiVersion, kind, metadata } = object.data;
    const lineOf = (field: readonly (string | number)[]): number => {
      for (let length = field.length; length >= 0; length -= 1) {
        const node = rangeSchema.safeParse(
          length === 0 ? document.contents : document.getIn(field.slice(0, length), true),
        );
        if (node.success) return lines.linePos(node.data.range[0]).line;
      }
      return 1;
    };
    return [{ file, apiVersion, kind, name: metadata.name, namespace: metadata.namespace ?? 'default', value, lineOf }];
  });
}

/** `ScalingTarget marketplace/checkout`. */
export function describeManifest({ kind, namespace, name }: ManifestObject): string {
  return `${kind} ${namespace}/${name}`;
}
