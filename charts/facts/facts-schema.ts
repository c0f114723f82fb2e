import { z } from 'zod';

const dnsLabel = z
  .string()
  .max(63)
  .regex(/^[a-z]([-a-z0-9]*[a-z0-9])?$/, 'must be lower-case letters, digits and "-"');
const percent = z.int().min(0).max(100);
const urlPath = z
  .string()
  .max(200)
  .regex(/^\/[\w./-]*$/, 'must be a path, as /readyz');
const replicas = z.int().min(1).max(100_000);
const apiVersion = z.string().regex(/^v\d+$/, 'must be an API version, as v1');

/** What travels over a port. HTTP/1 and gRPC differ in balancing, probes and routes. */
const protocolSchema = z.enum(['http', 'grpc']);

const portSchema = z.strictObject({
  name: dnsLabel.max(15).describe('The name by which probes, routes and policies call it.'),
  port: z.int().min(1024).max(65_535),
  protocol: protocolSchema,
  api: z.array(apiVersion).min(1).describe('The versions of its API that are offered.'),
});

const callSchema = z.strictObject({
  service: dnsLabel,
  protocol: protocolSchema.default('http'),
  api: apiVersion.default('v1'),
  perThousandRequests: z.int().min(0).max(10_000_000).describe('Calls for every thousand requests served here.'),
});

/** What a service is to the marketplace: most are plain; three have a construct of their own. */
const roleSchema = z.enum(['Service', 'Storefront', 'Gateway', 'Monolith']);

export const serviceSchema = z.strictObject({
  name: dnsLabel.max(40),
  summary: z.string().min(1).max(200),
  owner: dnsLabel.describe('The team that is called at night.'),
  runtime: z.enum(['Envoy', 'Laravel', 'NextJs', 'NodeJs', 'Rails', 'Rust']),
  role: roleSchema.default('Service'),
  tier: z.enum(['Critical', 'Standard', 'Background']),
  ports: z.array(portSchema).min(1).max(8),
  capacity: z.strictObject({
    requestsPerSecond: z
      .string()
      .regex(/^(?=.*[1-9])(\d+(\.\d+)?|\d+m)$/, 'must be a quantity above 0, as "45" or "4500m"')
      .describe('What one ready replica serves within its objective.'),
    loadTest: z.string().min(1).max(200).describe('Where that number comes from.'),
  }),
  objective: z.strictObject({ p95Milliseconds: z.int().min(1).max(600_000) }),
  resources: z.strictObject({
    cpuMillicores: z.int().min(10).max(64_000),
    memoryMebibytes: z.int().min(32).max(512_000),
  }),
  startupSeconds: z.int().min(1).max(3600).describe('From a bound pod to Ready, image pulled.'),
  probes: z
    .strictObject({
      ready: urlPath.default('/readyz').describe('Whether it takes requests now.'),
      live: urlPath.default('/healthz').describe('Whether it can go on; must ask nothing of other services.'),
    })
    .prefault({})
    .describe('Asked over HTTP on its first port; a gRPC port is asked by the health protocol of gRPC.'),
  calls: z.array(callSchema).max(64).default([]),
  uses: z
    .array(z.strictObject({ limit: dnsLabel, perReplica: z.int().min(0).max(1_000_000) }))
    .max(32)
    .default([]),
  baseline: z.strictObject({ minReplicas: replicas, maxReplicas: replicas }).describe('Outside peaks, at size 100 %.'),
  ceiling: replicas.describe('Never more, whoever asks; at size 100 %.'),
  entryPoint: z.boolean().default(false).describe('Whether the traffic of a sale enters here.'),
});

export const environmentSchema = z.strictObject({
  name: dnsLabel.max(40),
  stage: z.enum(['dev', 'staging', 'production', 'demo', 'preview']),
  namespace: dnsLabel,
  sizePercent: z
    .int()
    .min(1)
    .max(10_000)
    .default(100)
    .describe('Baselines and ceilings against the facts of the services.'),
  migration: z
    .record(dnsLabel, percent)
    .default({})
    .describe("Share of a service's calls that it answers itself; the monolith answers the rest. @default 100"),
  shards: z.record(dnsLabel, z.int().min(1).max(1000)).default({}).describe('Databases by domain. @default one'),
  dataStores: z.enum(['InCluster', 'External']).default('InCluster'),
  domain: z
    .string()
    .max(253)
    .regex(/^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$/),
  datadogSite: z.string().max(63).optional().describe('Absent: no Datadog.'),
  mode: z.enum(['ForecastOnly', 'Apply']).default('ForecastOnly'),
  rampDownPercentPerMinute: z
    .int()
    .min(1)
    .max(100)
    .default(20)
    .describe('Share of the peak by which a minimum sinks each minute after a sale.'),
  approval: z
    .strictObject({
      abovePeakPercent: z.int().min(100).max(100_000).optional(),
      aboveExtraReplicas: z.int().min(0).max(1_000_000).optional(),
    })
    .optional()
    .describe('Plans above wait for an SRE; absent: none waits.'),
  quota: z
    .strictObject({ cpuMillicores: z.int().min(1), memoryMebibytes: z.int().min(1), pods: z.int().min(1) })
    .optional()
    .describe('Absent: what every ceiling at once needs.'),
  limits: z
    .record(dnsLabel, z.int().min(0).max(1_000_000_000))
    .default({})
    .describe('What is shared and not made here, such as the transactions a second of a payments partner.'),
  nodeRoom: z
    .enum(['None', 'CapacityBuffer'])
    .default('None')
    .describe('Whether nodes are kept warm for the first minutes of a sale.'),
});

export const previewSchema = z.strictObject({
  name: dnsLabel.max(32).describe('What it shows; its environment and namespace are called preview-<name>.'),
  like: dnsLabel.describe('The environment whose migration and images it has, but the images under its own name.'),
  sizePercent: z
    .int()
    .min(1)
    .max(10_000)
    .default(10)
    .describe('Baselines and ceilings against the facts of the services.'),
});

export const imagesSchema = z.record(dnsLabel, z.record(dnsLabel, z.string().max(300)));

/** All that a marketplace writes down; nothing in charts/ knows a service or an environment by name but these. */
export const factsSchema = z.strictObject({
  services: z.array(serviceSchema).min(1).max(2000),
  environments: z.array(environmentSchema).min(1).max(200),
  repository: z
    .strictObject({
      url: z.url().describe('Where the manifests are kept.'),
      revision: z.string().min(1).max(100).default('main').describe('What Argo CD and Flux follow of it.'),
    })
    .default({ url: 'https://git.example.com/marketplace/manifests.git', revision: 'main' })
    .describe('The Git repository that Argo CD and Flux sync from; its folder manifests/ is what synth writes.'),
  runbookUrl: z
    .url()
    .default('https://headstart.dev/docs/runbook.md')
    .describe('Where docs/runbook.md is served; every alert links to its heading there.'),
  previews: z.array(previewSchema).max(200).default([]).describe('Short-lived environments beside the others.'),
  images: imagesSchema,
});

export type WrittenFacts = z.output<typeof factsSchema>;
/** What manifests are made of: previews are environments like any other. */
export type Facts = Omit<WrittenFacts, 'previews'>;
export type ServiceFacts = z.output<typeof serviceSchema>;
export type EnvironmentFacts = z.output<typeof environmentSchema>;
export type PreviewFacts = z.output<typeof previewSchema>;
export type CallFacts = ServiceFacts['calls'][number];
