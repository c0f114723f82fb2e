import { z } from 'zod';
import { shopClusterSchema } from './clusters/cluster-schema.ts';
import { operatorSchema } from './clusters/operator-schema.ts';
import { environmentSchema, previewSchema } from './environment-schema.ts';
import { imagesSchema, serviceSchema, type WrittenFacts } from './facts-schema.ts';
import type { Problem } from './problems/problem.ts';
import { noEntryPoint } from './problems/service-problems.ts';

/** The entries of partly malformed facts that can be checked, and which of their problems are certain. */
export interface IntactFacts {
  readonly facts: WrittenFacts;
  isCertain(problem: Problem): boolean;
}

/** The name of an entry that states none. */
const unnamed = 'unnamed';

const namedSchema = z.looseObject({ name: z.string() });
/** Settings in place of malformed ones, with the store that services read by default. */
const anySource = operatorSchema.parse({});

const listsSchema = z.looseObject({
  services: z.array(z.unknown()).default([]),
  environments: z.array(z.unknown()).default([]),
  previews: z.array(z.unknown()).default([]),
  clusters: z.array(shopClusterSchema).default([]).catch([]),
  operator: operatorSchema.catch(anySource).prefault({}),
  images: z.unknown(),
});

/**
 * Replaces each malformed entry of the facts by a placeholder, so that one typo hides no other mistake. Problems that
 * name a placeholder are not certain. Undefined when the lists of entries themselves are missing.
 */
export function intactFacts(value: unknown, malformed: readonly Problem[]): IntactFacts | undefined {
  const lists = listsSchema.safeParse(value);
  if (!lists.success) return undefined;
  const services = lists.data.services.map(entry =>
    readEntry(serviceSchema, entry, name => ({ ...plainService, name })),
  );
  const environments = lists.data.environments.map(entry =>
    readEntry(environmentSchema, entry, name => ({ ...plainEnvironment, name, namespace: name, domain: name })),
  );
  const previews = lists.data.previews.map(entry => previewSchema.safeParse(entry)).flatMap(({ data }) => data ?? []);
  const images = imagesSchema.safeParse(lists.data.images);
  const standIns = [...services, ...environments].filter(({ isWhole }) => !isWhole).map(({ entry }) => entry.name);
  const areServicesWhole = services.every(({ isWhole }) => isWhole);
  return {
    facts: {
      services: services.map(({ entry }) => entry),
      environments: environments.map(({ entry }) => entry),
      previews,
      name: 'stand-in',
      operator: lists.data.operator,
      clusters: lists.data.clusters,
      kubernetesVersion: '1.36',
      stores: {},
      patches: [],
      secretStore: { provider: {}, accountAnnotations: {} },
      repository: { url: 'https://stand-in.example/', revision: 'stand-in' },
      runbookUrl: 'https://stand-in.example/',
      pageUrl: 'https://stand-in.example/',
      images: images.success ? images.data : {},
    },
    isCertain: ({ path, message }) => {
      const spoken = message.split(/[^-\w]+/);
      // An image depends only on the names of its service and its environment.
      if (path[0] === 'images') return !spoken.includes(unnamed) && malformed.every(each => each.path[0] !== 'images');
      if (standIns.some(name => spoken.includes(name))) return false;
      if (message === noEntryPoint) return areServicesWhole;
      // The needs of a placeholder are unknown, and so is whether it is the monolith.
      return areServicesWhole || path[0] !== 'environments';
    },
  };
}

function readEntry<T extends { readonly name: string }>(
  schema: z.ZodType<T>,
  value: unknown,
  standIn: (name: string) => T,
): { readonly entry: T; readonly isWhole: boolean } {
  const parsed = schema.safeParse(value);
  if (parsed.success) return { entry: parsed.data, isWhole: true };
  const named = namedSchema.safeParse(value);
  return { entry: standIn(named.success ? named.data.name : unnamed), isWhole: false };
}

const plainService = serviceSchema.parse({
  name: 'stand-in',
  summary: 'Stands for one that is malformed.',
  owner: 'nobody',
  runtime: 'Rust',
  tier: 'Standard',
  ports: [{ name: 'http', port: 8080, protocol: 'http', api: ['v1'] }],
  capacity: { requestsPerSecond: '1', loadTest: 'none' },
  objective: { p95Milliseconds: 1 },
  resources: { cpuMillicores: 10, memoryMebibytes: 32 },
  startupSeconds: 1,
  baseline: { minReplicas: 1, maxReplicas: 1 },
  ceiling: 1,
});

const plainEnvironment = environmentSchema.parse({
  name: 'stand-in',
  stage: 'dev',
  namespace: 'stand-in',
  domain: 'stand-in',
});
