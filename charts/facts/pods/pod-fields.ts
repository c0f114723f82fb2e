import { z } from 'zod';
import { dnsLabel } from '../schema-parts.ts';

const objectName = z
  .string()
  .max(253)
  .regex(/^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$/, 'must be the name of an object, such as shop-settings');
const key = z.string().min(1).max(253);

/** Where a variable's value comes from: the text itself, or a key of a Secret or ConfigMap of the namespace. */
const variableSchema = z.union([
  z.string().max(10_000),
  z.strictObject({ secret: objectName, key }),
  z.strictObject({ configMap: objectName, key }),
]);

const volumeSchema = z.strictObject({
  name: dnsLabel,
  mountPath: z
    .string()
    .max(500)
    .regex(/^\/[^:]*$/, 'must be a path, such as /var/cache'),
  from: z.union([
    z.strictObject({ secret: objectName }),
    z.strictObject({ configMap: objectName }),
    z.strictObject({ claim: objectName }),
    z.strictObject({ emptyMebibytes: z.int().min(1).max(1_000_000) }),
  ]),
});

const tolerationSchema = z.strictObject({
  key: z.string().min(1).max(253),
  operator: z.enum(['Exists', 'Equal']).default('Exists'),
  value: z.string().max(63).exactOptional(),
  effect: z.enum(['NoSchedule', 'PreferNoSchedule', 'NoExecute']).exactOptional(),
});

const averageValue = z.string().regex(/^\d+(\.\d+)?m?$/, 'must be a quantity, such as "30" or "500m"');
const metricSchema = z.union([
  z.strictObject({ resource: z.enum(['cpu', 'memory']), utilizationPercent: z.int().min(1).max(1000) }),
  z.strictObject({ pods: z.string().min(1).max(253), averageValue }),
  z.strictObject({
    external: z.string().min(1).max(253),
    labels: z.record(z.string(), z.string()).default({}),
    averageValue,
  }),
]);

/** What a service states of its pods and its autoscaler where the defaults do not fit. */
export const podFields = {
  env: z
    .record(z.string().regex(/^[A-Za-z_][A-Za-z0-9_]*$/, 'must be the name of a variable'), variableSchema)
    .default({})
    .describe('Variables of its container; one with the name of a variable that the charts set replaces it.'),
  envFrom: z
    .array(z.union([z.strictObject({ secret: objectName }), z.strictObject({ configMap: objectName })]))
    .max(32)
    .default([])
    .describe('Secrets and ConfigMaps of the namespace whose keys become variables.'),
  args: z.array(z.string().max(10_000)).max(100).default([]).describe("Arguments of the image's entry point."),
  volumes: z.array(volumeSchema).max(32).default([]).describe('Volumes of its pods, beside /tmp.'),
  imagePullSecrets: z.array(objectName).max(8).default([]).describe('Secrets with which its image is pulled.'),
  accountAnnotations: z
    .record(z.string(), z.string().max(10_000))
    .default({})
    .describe("Annotations of its ServiceAccount, such as a cloud's role."),
  tolerations: z.array(tolerationSchema).max(32).default([]).describe('Taints of nodes that its pods accept.'),
  ephemeralStorageMebibytes: z
    .int()
    .min(1)
    .max(1_000_000)
    .optional()
    .describe('The disk of a node that a pod requests.'),
  demand: z
    .strictObject({
      source: dnsLabel.describe('The name of one of the sources of operator.'),
      query: z
        .string()
        .min(1)
        .max(4096)
        .describe('Requests per second, without those of probes; {namespace} and {service} are filled in.'),
    })
    .optional()
    .describe('Where its demand is read. If absent, the counter http_requests_total of its pods in Prometheus.'),
  metrics: z
    .array(metricSchema)
    .min(1)
    .max(10)
    .default([{ resource: 'cpu', utilizationPercent: 70 }])
    .describe('What its HPA scales by outside peaks.'),
};
