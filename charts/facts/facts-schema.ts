import { z } from 'zod';
import { podFields } from './pods/pod-fields.ts';
import { callSchema, dnsLabel, egressSchema, portSchema, replicaCount, urlPath, useSchema } from './schema-parts.ts';
import { secretStoreSchema } from './secret-store-schema.ts';
import { backupsSchema, storeSchema } from './store-schema.ts';

/** The role of a service in the marketplace: most have none; three roles have a construct of their own. */
const roleSchema = z.enum(['Service', 'Storefront', 'Gateway', 'Monolith']);

export const serviceSchema = z.strictObject({
  name: dnsLabel.max(40),
  summary: z.string().min(1).max(200),
  owner: dnsLabel.describe('The team that is on call for it.'),
  runtime: z
    .string()
    .min(1)
    .max(60)
    .describe('What it is written in; Java, Go, Python and .NET get settings that keep within their memory.'),
  role: roleSchema.default('Service'),
  tier: z.enum(['Critical', 'Standard', 'Background']),
  ports: z.array(portSchema).min(1).max(8),
  capacity: z.strictObject({
    requestsPerSecond: z
      .string()
      .regex(/^(?=.*[1-9])(\d+(\.\d+)?|\d+m)$/, 'must be a quantity above 0, such as "45" or "4500m"')
      .describe('Requests per second that one ready replica serves within its objective.'),
    loadTest: z.string().min(1).max(200).describe('The load test that the number comes from.'),
  }),
  objective: z.strictObject({ p95Milliseconds: z.int().min(1).max(600_000) }),
  resources: z.strictObject({
    cpuMillicores: z.int().min(10).max(64_000),
    memoryMebibytes: z.int().min(32).max(512_000),
  }),
  startupSeconds: z
    .int()
    .min(1)
    .max(3600)
    .describe('Seconds from a bound pod to Ready, with the image already pulled.'),
  probes: z
    .strictObject({
      ready: urlPath.default('/readyz').describe('The path that tells whether it can take requests now.'),
      live: urlPath
        .default('/healthz')
        .describe('The path that tells whether it must be restarted; must not depend on other services.'),
    })
    .prefault({})
    .describe('Probes use HTTP on the first port; on a gRPC port they use the health protocol of gRPC.'),
  calls: z.array(callSchema).max(64).default([]),
  uses: z.array(useSchema).max(32).default([]),
  egress: z
    .array(egressSchema)
    .max(32)
    .default([])
    .describe('What it calls outside the cluster; everything else outside is closed to it.'),
  cachedPaths: z
    .array(urlPath)
    .max(32)
    .default([])
    .describe('For the storefront: paths of pages that are the same for every visitor, which the edge may keep.'),
  baseline: z
    .strictObject({ minReplicas: replicaCount, maxReplicas: replicaCount })
    .describe('The bounds of the HPA outside peaks, at size 100 %.'),
  ceiling: replicaCount.describe('The most replicas that any plan may ask for, at size 100 %.'),
  entryPoint: z.boolean().default(false).describe('Whether the traffic of a sale enters here.'),
  ...podFields,
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
    .describe('The size of baselines and ceilings, in percent of those in the facts of the services.'),
  migration: z
    .record(dnsLabel, z.int().min(0).max(100))
    .default({})
    .describe(
      'Per service, the percentage of its calls that it answers itself; the monolith answers the rest. @default 100',
    ),
  shards: z
    .record(dnsLabel, z.int().min(1).max(1000))
    .default({})
    .describe('Number of databases per domain. @default 1'),
  reshardedFrom: z
    .record(dnsLabel, z.int().min(1).max(1000))
    .default({})
    .describe('Per domain, the number of databases that its rows were moved from. Without it, synth refuses a change.'),
  dataStores: z.enum(['InCluster', 'External']).default('InCluster'),
  domain: z
    .string()
    .max(253)
    .regex(
      /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?(\.[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?)*$/,
      'must be a domain, such as shop.example',
    ),
  datadogSite: z.string().max(63).optional().describe('Absent: no Datadog.'),
  mode: z.enum(['ForecastOnly', 'Apply']).default('ForecastOnly'),
  rampDownPercentPerMinute: z
    .int()
    .min(1)
    .max(100)
    .default(20)
    .describe('The most that a minimum is lowered per minute after a sale, in percent of the peak.'),
  approval: z
    .strictObject({
      abovePeakPercent: z.int().min(100).max(100_000).optional(),
      aboveExtraReplicas: z.int().min(0).max(1_000_000).optional(),
    })
    .optional()
    .describe('Plans above these limits need the approval of an SRE. If absent, none does.'),
  quota: z
    .strictObject({ cpuMillicores: z.int().min(1), memoryMebibytes: z.int().min(1), pods: z.int().min(1) })
    .optional()
    .describe('The quota of the namespace. If absent, what all services need at their ceilings.'),
  limits: z
    .record(dnsLabel, z.int().min(0).max(1_000_000_000))
    .default({})
    .describe('Shared limits from outside, such as the transactions per second of a payments partner.'),
  nodeRoom: z
    .enum(['None', 'CapacityBuffer', 'PlaceholderPods'])
    .default('None')
    .describe(
      'How room on nodes is kept: CapacityBuffer for half of each critical service, always; PlaceholderPods for what a sale adds, from before its raise on.',
    ),
  rollbackKey: z
    .string()
    .regex(/^[A-Za-z0-9_-]{24,128}$/, 'must be 24 to 128 letters and digits that nobody can guess')
    .optional()
    .describe('The value of x-marketplace-backend that sends a request to the monolith. If absent, none does.'),
  nodeStartupSeconds: z
    .int()
    .min(0)
    .max(3600)
    .default(120)
    .describe('Seconds from a pod that fits no node to a new node that is Ready; 0 where nodes are always there.'),
});

export const previewSchema = z.strictObject({
  name: dnsLabel.max(32).describe('The name of the preview; its environment and namespace are called preview-<name>.'),
  like: dnsLabel.describe(
    'The environment whose migration and images it uses, except for images stated under its own name.',
  ),
  sizePercent: z
    .int()
    .min(1)
    .max(10_000)
    .default(10)
    .describe('The size of baselines and ceilings, in percent of those in the facts of the services.'),
});

export const imagesSchema = z.record(dnsLabel, z.record(dnsLabel, z.string().max(300)));

/**
 * Everything that a marketplace states. Only the facts name services and environments; the code in charts/ names none.
 */
export const factsSchema = z.strictObject({
  services: z.array(serviceSchema).min(1).max(2000),
  environments: z.array(environmentSchema).min(1).max(200),
  repository: z
    .strictObject({
      url: z.url().describe('The URL of the repository.'),
      revision: z.string().min(1).max(100).default('main').describe('The branch or tag that Argo CD and Flux follow.'),
    })
    .default({ url: 'https://git.example.com/marketplace/manifests.git', revision: 'main' })
    .describe('The Git repository that Argo CD and Flux sync from; its folder manifests/ is what synth writes.'),
  runbookUrl: z
    .url()
    .default('https://headstart.dev/docs/runbook.md')
    .describe('The URL where docs/runbook.md is served; every alert links to its heading there.'),
  operatorImage: z
    .string()
    .max(300)
    .optional()
    .describe("The operator's image with its registry and tag. If absent, that of the release."),
  previews: z.array(previewSchema).max(200).default([]).describe('Short-lived environments beside the others.'),
  stores: z
    .record(dnsLabel, storeSchema)
    .default({})
    .describe('The sizes of stores inside the cluster, by their names.'),
  backups: backupsSchema.optional(),
  secretStore: secretStoreSchema.optional(),
  images: imagesSchema,
});

export type WrittenFacts = z.output<typeof factsSchema>;
/** The facts that manifests are made from, in which previews are environments like any other. */
export type Facts = Omit<WrittenFacts, 'previews'>;
export type ServiceFacts = z.output<typeof serviceSchema>;
export type EnvironmentFacts = z.output<typeof environmentSchema>;
export type PreviewFacts = z.output<typeof previewSchema>;
export type CallFacts = ServiceFacts['calls'][number];
