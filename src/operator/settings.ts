import { readFile } from 'node:fs/promises';
import { parse } from 'yaml';
import { z } from 'zod';
import { parseWith } from '../api/parse-error.ts';
import { refuseAddress } from '../observe/metrics/prometheus-form.ts';
import { SettingsError } from './settings-error.ts';

const seconds = z.int().min(1).max(86_400);
const replicas = z.int().min(1).max(1_000_000);
/** `host:port`, `:port` for every address, or `off`. */
const listenAddress = z
  .string()
  .regex(/^(off|(\[[0-9a-fA-F:]+\]|[A-Za-z0-9.-]*):\d{1,5})$/, 'must be host:port, :port or off');
const file = z.string().min(1).max(4096);
const url = z
  .url({ protocol: /^https?$/, error: 'must be an http or https address' })
  .refine(
    text => URL.parse(text)?.username === '' && URL.parse(text)?.password === '',
    'must not carry a user or password: name a file as tokenFile instead',
  );

/** Arguments stay behind the path, as `?deny_partial_response=1`. */
const prometheusUrl = url.superRefine((text, context) => {
  const message = refuseAddress(text);
  if (message !== undefined) context.addIssue({ code: 'custom', message });
});
const datadogUrl = url.refine(
  text => URL.parse(text)?.search === '' && URL.parse(text)?.hash === '',
  'must not have arguments or a fragment: the client writes its own',
);

const prometheusSource = z.strictObject({
  type: z.literal('prometheus'),
  url: prometheusUrl,
  tokenFile: file.optional(),
  /** Sent as X-Scope-OrgID (Thanos, Mimir). */
  tenant: z.string().min(1).max(150).optional(),
  timeoutSeconds: z.int().min(1).max(120).optional(),
});
const datadogSource = z.strictObject({
  type: z.literal('datadog'),
  /** The API's address, as https://api.datadoghq.eu. */
  url: datadogUrl,
  apiKeyFile: file,
  applicationKeyFile: file,
  timeoutSeconds: z.int().min(1).max(120).optional(),
});

/** What the operator is told at start; everything but `sources` has a default. Secrets are files, never values. */
export const settingsSchema = z.strictObject({
  tickSeconds: z.int().min(1).max(300).default(15),
  staleAfterSeconds: seconds.default(300),
  surgeRoomPercent: z.int().min(0).max(1000).default(50),
  /** All namespaces when empty. */
  watchNamespaces: z.array(z.string().min(1).max(63)).max(1000).default([]),
  sources: z
    .record(
      z.string().regex(/^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/),
      z.discriminatedUnion('type', [prometheusSource, datadogSource]),
    )
    .default({}),
  caps: z
    .strictObject({ replicasPerTarget: replicas.default(1000), replicasPerNamespace: replicas.default(10_000) })
    .prefault({}),
  writesPerSecond: z.int().min(1).max(1000).default(20),
  salePlans: z
    .strictObject({ keep: z.int().min(1).max(10_000).default(50), days: z.int().min(1).max(3650).default(400) })
    .prefault({}),
  leaderElection: z
    .strictObject({
      enabled: z.boolean().default(true),
      /** The operator's own namespace when absent. */
      namespace: z.string().min(1).max(63).optional(),
      name: z.string().min(1).max(253).default('headstart'),
    })
    .prefault({}),
  listen: z
    .strictObject({
      health: listenAddress.default(':8081'),
      metrics: listenAddress.default(':8080'),
      page: z
        .literal('off', { error: 'is not supported yet: the page comes with a later version; leave it out' })
        .default('off'),
    })
    .prefault({}),
  logLevel: z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('info'),
  /** Plans and reports as ever, and sends no write but the lease. */
  dryRun: z.boolean().default(false),
});

export type Settings = Readonly<z.output<typeof settingsSchema>>;

/** @throws SettingsError naming the key, when `value` is no settings object */
export function parseSettings(value: unknown, what = 'settings'): Settings {
  try {
    return parseWith(settingsSchema, value ?? {}, what);
  } catch (error) {
    throw new SettingsError(error instanceof Error ? error.message : String(error), { cause: error });
  }
}

/** @throws SettingsError when the file cannot be read, is no YAML, or has an unknown or wrong key */
export async function readSettings(path: string): Promise<Settings> {
  let document: unknown;
  try {
    document = parse(await readFile(path, 'utf8'), { maxAliasCount: 10 });
  } catch (error) {
    throw new SettingsError(`${path}: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
  }
  return parseSettings(document, path);
}
