import { z } from 'zod';

const replicas = z.int().min(1).max(1_000_000);
const seconds = z.int().min(1).max(86_400);
const url = z.url({
  protocol: /^https?$/,
  error: 'must be the address of an API, such as http://prometheus.monitoring:9090',
});
const file = z
  .string()
  .max(500)
  .regex(/^\/[^:]*$/, 'must be a file, such as /etc/headstart-credentials/api-key');
const timeoutSeconds = z.int().min(1).max(120).exactOptional();

/** A metric store by its type, with the address and the files of its credentials. */
const sourceSchema = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('prometheus'),
    url,
    tokenFile: file.exactOptional(),
    tenant: z.string().min(1).max(150).exactOptional(),
    timeoutSeconds,
  }),
  z.strictObject({ type: z.literal('datadog'), url, apiKeyFile: file, applicationKeyFile: file, timeoutSeconds }),
]);

/** Where people open a page in a browser. */
export const pageAddress = z.url({
  protocol: /^https?$/,
  error: 'must be the address of a page, such as https://sales.shop.example',
});

/** The name under which services read a metric store that states no other. */
export const defaultSource = 'prometheus';

/** Settings of the operator that a shop states; docs/reference.md says what each does, and has the rest. */
export const operatorSchema = z.strictObject({
  sources: z
    .record(
      z.string().regex(/^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/, 'must be lower-case letters, digits and "-"'),
      sourceSchema,
    )
    .default({ [defaultSource]: { type: 'prometheus', url: 'http://prometheus-operated.monitoring.svc:9090' } })
    .describe('Metric stores by the names under which services read them; credentials are files, never values.'),
  caps: z
    .strictObject({ replicasPerTarget: replicas.exactOptional(), replicasPerNamespace: replicas.exactOptional() })
    .exactOptional()
    .describe('The most replicas of any target and of all targets of a namespace. @default 1000 and 10000'),
  tickSeconds: z.int().min(1).max(300).exactOptional().describe('@default 15'),
  staleAfterSeconds: seconds.exactOptional().describe('@default 300'),
  surgeRoomPercent: z.int().min(0).max(1000).exactOptional().describe('@default 50'),
  writesPerSecond: z.int().min(1).max(1000).exactOptional().describe('@default 20'),
  logLevel: z.enum(['debug', 'info', 'warn', 'error', 'silent']).exactOptional().describe('@default info'),
  dryRun: z.boolean().exactOptional().describe('Plans and reports as usual, writes nothing. @default false'),
});

export type OperatorFacts = z.output<typeof operatorSchema>;
