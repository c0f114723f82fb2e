import { Yaml } from 'cdk8s';
import { parse } from 'yaml';
import { z } from 'zod';
import type { ManifestObject } from '../../manifest-chart.ts';
import type { InstallParts } from '../install-parts.ts';

const replicas = z.int().min(1).max(10);
const port = z.int().min(1).max(65_535);

/** The values of the Helm chart; published in it as values.schema.json. */
const chartValuesSchema = z.strictObject({
  image: z
    .strictObject({
      repository: z.string().min(1).describe('The image with its registry.'),
      tag: z.string().describe('If empty, the version of the chart.'),
      digest: z
        .string()
        .regex(/^(sha256:[0-9a-f]{64})?$/)
        .describe('If stated, it counts instead of the tag.'),
      pullPolicy: z.enum(['Always', 'IfNotPresent', 'Never']),
    })
    .describe('The image of the operator.'),
  imagePullSecrets: z.array(z.strictObject({ name: z.string().min(1) })).describe('Secrets to pull the image with.'),
  replicas: replicas.describe('Number of replicas: one leads, the others wait.'),
  settings: z
    .looseObject({ sources: z.record(z.string(), z.looseObject({ type: z.string() }).nullable()).optional() })
    .describe(
      "The operator's settings as docs/reference.md lists them. Replace the URL by that of your Prometheus; set sources.prometheus to null to have only others.",
    ),
  credentialsSecret: z
    .string()
    .min(1)
    .describe(
      'A Secret whose keys are files in /etc/headstart-credentials, for the settings ending in File; it may be absent.',
    ),
  resources: z.looseObject({}).describe('Requests and limits of the operator; docs/scale.md has what was measured.'),
  networkPolicy: z
    .strictObject({ egressPorts: z.array(port) })
    .describe('The ports of the API server and of the metric sources, to which the operator may connect.'),
  admission: z
    .strictObject({
      enabled: z.boolean().describe('Without them no approval counts.'),
      largePeakPercent: z
        .int()
        .min(100)
        .max(100_000)
        .describe('A stated peak above this percentage needs the permission announce-large.'),
    })
    .describe('The admission policies with their bindings.'),
  guard: z
    .strictObject({ enabled: z.boolean() })
    .describe('The floor guard, which keeps raised bounds under a re-apply from Git. Needs Kubernetes 1.36.'),
  roles: z
    .strictObject({ enabled: z.boolean() })
    .describe('The ClusterRoles headstart-merchandiser and headstart-sre, bound to nobody.'),
  monitoring: z
    .strictObject({
      enabled: z.boolean(),
      runbookUrl: z.url().describe('The URL of docs/runbook.md, to which alerts link.'),
      pageUrl: z.url().describe('The URL where people open the page of the operator, to which the dashboard links.'),
    })
    .describe('ServiceMonitor, alerts and dashboard. They need the Prometheus Operator.'),
  global: z.looseObject({}).optional().describe('Values of a chart that has this one as a part; not used.'),
});

const deploymentSchema = z.object({
  spec: z.object({
    replicas: z.number(),
    template: z.object({
      spec: z.object({
        containers: z.tuple([z.object({ image: z.string(), resources: z.looseObject({}) })]),
        volumes: z.array(z.object({ secret: z.object({ secretName: z.string() }).optional() })),
      }),
    }),
  }),
});
const configMapSchema = z.object({ data: z.object({ 'settings.yaml': z.string() }) });
const networkPolicySchema = z.object({
  spec: z.object({ egress: z.tuple([z.unknown(), z.object({ ports: z.array(z.object({ port: z.number() })) })]) }),
});

export type ChartValues = Readonly<z.output<typeof chartValuesSchema>>;

/** Reads the chart's default values from the objects that the constructs make. */
export function chartValues(
  parts: InstallParts,
  {
    runbookUrl,
    pageUrl,
    largePeakPercent,
  }: { readonly runbookUrl: string; readonly pageUrl: string; readonly largePeakPercent: number },
): ChartValues {
  const { replicas, template } = deploymentSchema.parse(one(parts.operator, 'Deployment')).spec;
  const [container] = template.spec.containers;
  const [, sources] = networkPolicySchema.parse(one(parts.operator, 'NetworkPolicy')).spec.egress;
  const { data } = configMapSchema.parse(one(parts.operator, 'ConfigMap'));
  const { leaderElection: _, ...settings } = parse(data['settings.yaml']);
  const secrets = template.spec.volumes.flatMap(({ secret }) => (secret === undefined ? [] : [secret.secretName]));
  return chartValuesSchema.parse({
    image: { ...imageParts(container.image), pullPolicy: 'IfNotPresent' },
    imagePullSecrets: [],
    replicas,
    settings,
    credentialsSecret: secrets[0],
    resources: container.resources,
    networkPolicy: { egressPorts: sources.ports.map(each => each.port) },
    admission: { enabled: true, largePeakPercent },
    guard: { enabled: true },
    roles: { enabled: true },
    monitoring: { enabled: false, runbookUrl, pageUrl },
  });
}

/** Formats values.yaml: each value under the sentence that the schema has for it. */
export function formatValues(values: ChartValues): string {
  return Object.entries(values)
    .map(([key, value]) => {
      const field = chartValuesSchema.shape[key as keyof ChartValues];
      return `# ${field.description ?? ''}\n${Yaml.stringify({ [key]: value })}`;
    })
    .join('\n');
}

/** Formats values.schema.json, against which Helm holds what a user states. */
export function formatValuesSchema(): string {
  return `${JSON.stringify(z.toJSONSchema(chartValuesSchema, { target: 'draft-7' }), null, 2)}\n`;
}

/** Splits an image into the values that Helm users know. */
function imageParts(image: string): Pick<ChartValues['image'], 'repository' | 'tag' | 'digest'> {
  const [named = '', digest = ''] = image.split('@');
  const at = /:[^/:]+$/.exec(named)?.index ?? named.length;
  return { repository: named.slice(0, at), tag: named.slice(at + 1), digest };
}

function one(objects: readonly ManifestObject[], kind: string): ManifestObject | undefined {
  return objects.find(object => object.kind === kind);
}
