import { z } from 'zod';
import { describeManifest, type ManifestObject } from '../manifests/manifest-object.ts';
import { isBuiltInGroup } from '../schema/built-in-kinds.ts';
import { isJsonObject } from '../schema/json.ts';
import type { Remark, Rule } from './finding.ts';

/**
 * Checks what was applied last for stores that are gone, and for databases whose keys would be looked for elsewhere:
 *
 *   a claim, a StatefulSet with claims, an object of another project with `storage`   gone, or its namespace: an error
 *   a ConfigMap with BUCKETS, `postgres-orders-shards-4950ddf8`                       other ranges: an error
 *
 * A map of shards may differ once it says how many there were: `headstart.dev/resharded-from: "2"`.
 */
export const checkVanishedStores: Rule = {
  code: 'store-gone',
  check: (objects, { before }) => [...goneStores(objects, before), ...reshardings(objects, before)],
};

function goneStores(objects: readonly ManifestObject[], before: readonly ManifestObject[]): readonly Remark[] {
  const present = new Set(objects.map(keyOf));
  const stores = before.filter(holdsData);
  const gone = stores
    .filter(store => !present.has(keyOf(store)))
    .map(object => ({
      object,
      message:
        'is gone, and its data with it once it is pruned: put it back; if it has to go, copy the data first and state the reason above it in an ignore comment where it was applied',
    }));
  const emptied = before
    .filter(({ kind, name }) => kind === 'Namespace' && stores.some(({ namespace }) => namespace === name))
    .filter(namespace => !present.has(keyOf(namespace)))
    .map(object => ({ object, message: 'is gone, and every store in it once it is pruned: put it back' }));
  return [...gone, ...emptied];
}

/** Whether an object keeps data on disks: by claims, or by the storage that another project's object states. */
function holdsData({ apiVersion, kind, value }: ManifestObject): boolean {
  if (apiVersion === 'v1') return kind === 'PersistentVolumeClaim' || kind === 'PersistentVolume';
  if (apiVersion === 'apps/v1') return kind === 'StatefulSet' && statesStorage(value.spec);
  return !isBuiltInGroup(apiVersion) && statesStorage(value.spec);
}

function statesStorage(value: unknown): boolean {
  if (Array.isArray(value)) return value.some(statesStorage);
  if (!isJsonObject(value)) return false;
  return Object.entries(value).some(
    ([key, inner]) =>
      (/^(volumeClaimTemplates?|storage|storageSpec)$/.test(key) && isStorage(inner)) || statesStorage(inner),
  );
}

/** Whether a value describes disks: neither an amount in a list of resources nor a store that is lost with its pod. */
function isStorage(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !(isJsonObject(value) && value.type === 'ephemeral');
}

function reshardings(objects: readonly ManifestObject[], before: readonly ManifestObject[]): readonly Remark[] {
  const was = new Map(before.flatMap(object => shardMapOf(object) ?? []).map(map => [map.key, map]));
  return objects.flatMap(object => {
    const [map] = shardMapOf(object) ?? [];
    const old = map === undefined ? undefined : was.get(map.key);
    if (map === undefined || old === undefined || map.ranges.join() === old.ranges.join()) return [];
    if (map.reshardedFrom === String(old.ranges.length)) return [];
    const message = `goes from ${old.ranges.length} to ${map.ranges.length} databases, and keys would be looked for where they are not: move their rows, then annotate headstart.dev/resharded-from: "${old.ranges.length}" (reshardedFrom in the facts)`;
    return [{ code: 'resharding' as const, object, field: ['data', 'BUCKETS'], message }];
  });
}

const shardMapSchema = z.looseObject({
  metadata: z.looseObject({
    annotations: z.looseObject({ 'headstart.dev/resharded-from': z.string().optional() }).nullish(),
  }),
  data: z.looseObject({ BUCKETS: z.string() }),
});

/** The ranges of buckets in a map of shards, and its name without the hash of its content. */
function shardMapOf({ kind, namespace, name, value }: ManifestObject) {
  const map = kind === 'ConfigMap' ? shardMapSchema.safeParse(value).data : undefined;
  if (map === undefined) return undefined;
  const ranges = map.data.BUCKETS.split(',').map(range => range.split('=')[0]?.trim());
  const reshardedFrom = map.metadata.annotations?.['headstart.dev/resharded-from'];
  return [{ key: `${namespace}/${name.replace(/-[0-9a-f]{8}$/, '')}`, ranges, reshardedFrom }];
}

/** The name of an object without the version of its kind, which may change. */
function keyOf(object: ManifestObject): string {
  return `${object.apiVersion.replace(/\/.*$/, '')} ${describeManifest(object)}`;
}
