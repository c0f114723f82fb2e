import { ownFact } from '../own-fact.ts';
import type { EnvironmentFacts, PreviewFacts } from './environment-schema.ts';
import type { Facts, WrittenFacts } from './facts-schema.ts';
import type { Problem } from './problems/problem.ts';

/**
 * Adds every preview to the environments, as `preview-<name>` after those that are written out. A preview runs the
 * images of the environment that it is like, except those that images.yaml names for it. It has data of its own, one
 * shard each, and is restored at once after a sale, since it has no real visitors. A preview like no environment is
 * left out; `previewProblems` reports it.
 */
export function expandPreviews({ environments, previews, images, ...rest }: WrittenFacts): Facts {
  const likenesses = previews.flatMap(preview => {
    const original = originalOf(preview, environments);
    return original === undefined ? [] : [{ environment: environmentOf(preview, original), original: original.name }];
  });
  const imagesOf = likenesses.map(({ environment: { name }, original }) => [
    name,
    { ...ownFact(images, original), ...ownFact(images, name) },
  ]);
  return {
    ...rest,
    environments: [...environments, ...likenesses.map(({ environment }) => environment)],
    images: { ...images, ...Object.fromEntries(imagesOf) },
  };
}

/** Previews whose `like` names no environment. */
export function previewProblems({ environments, previews }: WrittenFacts): readonly Problem[] {
  return previews.flatMap((preview, index) => {
    if (originalOf(preview, environments) !== undefined) return [];
    const message = `preview ${preview.name}: is like ${preview.like}, which is not an environment`;
    return [{ path: ['previews', index, 'like'], message }];
  });
}

/** The path of the written entry that a path of the expanded facts comes from. */
export function writtenPath(path: Problem['path'], { environments, previews }: WrittenFacts): Problem['path'] {
  const [list, index] = path;
  if (list !== 'environments' || Number(index) < environments.length) return path;
  const expanded = previews.filter(preview => originalOf(preview, environments) !== undefined);
  return ['previews', previews.findIndex(preview => preview === expanded[Number(index) - environments.length])];
}

function originalOf({ like }: PreviewFacts, environments: readonly EnvironmentFacts[]): EnvironmentFacts | undefined {
  return environments.find(({ name }) => name === like);
}

function environmentOf({ name, sizePercent }: PreviewFacts, original: EnvironmentFacts): EnvironmentFacts {
  const { cluster, migration, shards, domain, nodeStartupSeconds } = original;
  return {
    name: `preview-${name}`,
    stage: 'preview',
    namespace: `preview-${name}`,
    cluster,
    sizePercent,
    migration,
    shards: Object.fromEntries(Object.keys(shards).map(database => [database, 1])),
    dataStores: 'InCluster',
    domain: `${name}.preview.${domain}`,
    mode: 'Apply',
    rampDownPercentPerMinute: 100,
    limits: {},
    nodeRoom: 'None',
    nodeStartupSeconds,
    reshardedFrom: {},
  };
}
