import { z } from 'zod';
import type { FieldPath, ManifestObject } from '../../manifests/manifest-object.ts';

const namedSchema = z.looseObject({
  metadata: z.looseObject({ name: z.string(), namespace: z.string().optional().catch(undefined) }),
});

/**
 * Refuses an object that is in two places, because the result would depend on their order. An object without a
 * namespace may be applied to any, so it duplicates an object of the same name in any namespace.
 *
 * @throws Error naming both places
 */
export function refuseDuplicates(manifests: readonly ManifestObject[]): void {
  const seen = new Map<string, ManifestObject[]>();
  for (const manifest of manifests) {
    const named = namedSchema.safeParse(manifest.value);
    if (!named.success) continue;
    const key = `${manifest.kind} ${named.data.metadata.name}`;
    const before = seen.get(key) ?? [];
    const same = before.find(other => maybeSame(namespaceOf(other), namespaceOf(manifest)));
    if (same !== undefined)
      throw new Error(`${locate(manifest)}: ${key} is also in ${locate(same)}: remove one, or give it another name`);
    seen.set(key, [...before, manifest]);
  }
}

/** The namespace that an object states; undefined when it is left to `kubectl apply -n`. */
export function namespaceOf({ value }: ManifestObject): string | undefined {
  const named = namedSchema.safeParse(value);
  return named.success ? named.data.metadata.namespace : undefined;
}

function maybeSame(one: string | undefined, other: string | undefined): boolean {
  return one === undefined || other === undefined || one === other;
}

/** Formats the place of a field: `sales/drop.yaml:4:3`. */
export function locate(manifest: ManifestObject, field: FieldPath = []): string {
  const { line, column } = manifest.placeOf(field);
  return `${manifest.file}:${line}:${column}`;
}
