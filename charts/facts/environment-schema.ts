import { z } from 'zod';
import { dnsLabel, domain } from './schema-parts.ts';

/** What a shop states of one environment. */
export const environmentSchema = z.strictObject({
  name: dnsLabel.max(40),
  stage: z.enum(['dev', 'staging', 'production', 'demo', 'preview']),
  namespace: dnsLabel,
  cluster: dnsLabel.optional().describe('The one of clusters that it is in; absent where there are none.'),
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
  domain,
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
      'How room on nodes is kept: CapacityBuffer for half of each critical service, always, and for what a sale adds, from before its raise on; PlaceholderPods for what a sale adds.',
    ),
  rollbackKey: z
    .string()
    .regex(/^[A-Za-z0-9_-]{24,128}$/, 'must be 24 to 128 letters and digits that nobody can guess')
    .optional()
    .describe('The value of x-<name>-backend that sends a request to the monolith. If absent, none does.'),
  nodeStartupSeconds: z
    .int()
    .min(0)
    .max(3600)
    .default(120)
    .describe('Seconds from a pod that fits no node to a new node that is Ready; 0 where nodes are always there.'),
});

/** A short-lived environment beside another. */
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

export type EnvironmentFacts = z.output<typeof environmentSchema>;
export type PreviewFacts = z.output<typeof previewSchema>;
