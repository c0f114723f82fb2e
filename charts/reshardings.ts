import { parse } from 'yaml';
import { z } from 'zod';
import type { Facts } from './facts/facts-schema.ts';
import { ownFact } from './own-fact.ts';
import type { ManifestFiles } from './synthesize.ts';

const mapSchema = z.looseObject({ data: z.looseObject({ SHARDS: z.string() }) });

/**
 * Finds databases whose number of shards differs from the manifests before without a statement that their rows were
 * moved: pods of the old and the new map would look for one key in two places. One sentence each.
 */
export function findReshardings(
  before: ManifestFiles,
  after: ManifestFiles,
  { environments }: Facts,
): readonly string[] {
  const was = shardCounts(before);
  return [...shardCounts(after)].flatMap(([database, count]) => {
    const [environment = '', domain = ''] = database.split('/');
    const old = was.get(database);
    const moved = ownFact(environments.find(({ name }) => name === environment)?.reshardedFrom, domain);
    if (old === undefined || old === count || moved === old) return [];
    return [
      `environment ${environment}: postgres-${domain} goes from ${old} to ${count} shards, and keys would be looked for where they are not: move their rows, then state reshardedFrom: { ${domain}: ${old} }`,
    ];
  });
}

/** The number of shards of each `environment/domain`, by the maps among the manifests. */
function shardCounts(files: ManifestFiles): ReadonlyMap<string, number> {
  return new Map(
    [...files].flatMap(([file, text]) => {
      const [, environment, domain] =
        /^(?:clusters\/[^/]+\/)?([^/]+)\/data\/configmap\.postgres-(.+)-shards(?:-[0-9a-f]{8})?\.yaml$/.exec(file) ??
        [];
      const map = environment === undefined ? undefined : mapSchema.safeParse(parse(text)).data;
      return map === undefined ? [] : [[`${environment}/${domain}`, map.data.SHARDS.split(',').length] as const];
    }),
  );
}
