import { z } from 'zod';
import { patchSchema } from '../patches/patch-schema.ts';
import { kubernetesVersion, shopClusterSchema } from './clusters/cluster-schema.ts';
import { operatorSchema, pageAddress } from './clusters/operator-schema.ts';
import { environmentSchema, previewSchema } from './environment-schema.ts';
import { podFields } from './pods/pod-fields.ts';
import {
  callSchema,
  dnsLabel,
  domain,
  egressSchema,
  portSchema,
  replicaCount,
  urlPath,
  useSchema,
} from './schema-parts.ts';
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
    .describe('What it is written in; Java, Go, Python, PHP and .NET get settings that keep within their memory.'),
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

/** A zone of the IANA database; no offset, which has no change of clocks. */
const timeZone = z
  .string()
  .max(100)
  .regex(/^[A-Za-z]/, 'must be a time zone, such as Europe/Berlin')
  .refine(
    zone => Intl.supportedValuesOf('timeZone').includes(zone) || zone === 'UTC',
    'must be a time zone, such as Europe/Berlin',
  );

/** One or more of Datadog's notification handles. */
const datadogHandle = z
  .string()
  .max(500)
  .regex(/^@\S+( @\S+)*$/, 'must be a handle of Datadog, such as @pagerduty-shop');

export const imagesSchema = z.record(dnsLabel, z.record(dnsLabel, z.string().max(300)));

/**
 * Everything that a marketplace states. Only the facts name services and environments; the code in charts/ names none.
 */
export const factsSchema = z.strictObject({
  name: dnsLabel
    .max(30)
    .default('marketplace')
    .describe('The name of the shop, after which everything is named that its environments share.'),
  labelDomain: domain.optional().describe('The part of its labels before the slash. @default <name>.example'),
  services: z.array(serviceSchema).min(1).max(2000),
  environments: z.array(environmentSchema).min(1).max(200),
  clusters: z
    .array(shopClusterSchema)
    .max(50)
    .default([])
    .describe('The clusters of a shop that has several; each environment then names its own.'),
  kubernetesVersion: kubernetesVersion
    .default('1.36')
    .describe(
      'The version of its clusters. Before 1.36 there is no floor guard, which needs MutatingAdmissionPolicies.',
    ),
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
  pageUrl: pageAddress
    .default('http://localhost:8082/')
    .describe('The URL where people open the page of the operator (its listen.page); dashboards link to it.'),
  datadogHandles: z
    .strictObject({ page: datadogHandle, ticket: datadogHandle })
    .optional()
    .describe('Whom the monitors of Datadog notify, by the severity of the alert. If absent, nobody.'),
  timeZone: timeZone
    .optional()
    .describe('The zone of the shop, such as Europe/Berlin, whose days and weekdays demand follows. @default UTC'),
  operator: operatorSchema.prefault({}).describe('Settings of the operator.'),
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
  patches: z
    .array(patchSchema)
    .max(200)
    .default([])
    .describe('Changes of synthesized objects, for what no fact says; each is told in index.md.'),
  images: imagesSchema,
});

export type WrittenFacts = z.output<typeof factsSchema>;
/** The facts that manifests are made from, in which previews are environments like any other. */
export type Facts = Omit<WrittenFacts, 'previews'>;
export type ServiceFacts = z.output<typeof serviceSchema>;
export type CallFacts = ServiceFacts['calls'][number];
