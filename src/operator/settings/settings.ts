import { readFile } from 'node:fs/promises';
import { parse } from 'yaml';
import { z } from 'zod';
import { parseWith } from '../../api/faults/parse-error.ts';
import { metricSourceSettings } from '../../observe/metrics/create-metric-source.ts';
import { SettingsError } from '../errors.ts';
import { channelSettings, describeChannelFault } from '../notify/create-channels.ts';
import { describeExposure, pageSettings } from './page-settings.ts';

const seconds = z.int().min(1).max(86_400);
const replicas = z.int().min(1).max(1_000_000);
/** A listen address: `host:port`, `:port` for every address, or `off`. */
const listenAddress = z
  .string()
  .regex(/^(off|(\[[0-9a-fA-F:]+\]|[A-Za-z0-9.-]*):\d{1,5})$/, 'must be host:port, :port or off');

/** Settings of the operator at start; everything except `sources` has a default. Secrets are files, never values. */
export const settingsSchema = z
  .strictObject({
    tickSeconds: z.int().min(1).max(300).default(15),
    staleAfterSeconds: seconds.default(300),
    surgeRoomPercent: z.int().min(0).max(1000).default(50),
    /** Namespaces to watch; all when empty. */
    watchNamespaces: z.array(z.string().min(1).max(63)).max(1000).default([]),
    sources: z.record(z.string().regex(/^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/), metricSourceSettings).default({}),
    /** Receivers of notices, which policies name in `notify.channel`. */
    channels: z.record(z.string().regex(/^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/), channelSettings).default({}),
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
        /** Namespace of the Lease; the operator's own when absent. */
        namespace: z.string().min(1).max(63).optional(),
        name: z.string().min(1).max(253).default('headstart'),
      })
      .prefault({}),
    listen: z
      .strictObject({
        health: listenAddress.default(':8081'),
        metrics: listenAddress.default(':8080'),
        page: listenAddress.default('off'),
      })
      .prefault({}),
    page: pageSettings,
    logLevel: z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('info'),
    /** Whether to plan and report as usual but write nothing except the lease. */
    dryRun: z.boolean().default(false),
  })
  .superRefine(({ listen, page, channels, sources }, context) => {
    const message = describeExposure(listen.page, page);
    if (message !== undefined) context.addIssue({ code: 'custom', path: ['listen', 'page'], message });
    for (const [name, channel] of Object.entries(channels)) {
      const fault = describeChannelFault(channel, sources);
      if (fault !== undefined) context.addIssue({ code: 'custom', path: ['channels', name, 'source'], message: fault });
    }
  });

export type Settings = Readonly<z.output<typeof settingsSchema>>;

/** Parses settings. @throws SettingsError naming the key, when `value` is not a settings object */
export function parseSettings(value: unknown, what = 'settings'): Settings {
  try {
    return parseWith(settingsSchema, value ?? {}, what);
  } catch (error) {
    throw new SettingsError(error instanceof Error ? error.message : String(error), { cause: error });
  }
}

/**
 * Reads settings from a file.
 *
 * @throws SettingsError when the file cannot be read, is not YAML, or has an unknown or wrong key
 */
export async function readSettings(path: string): Promise<Settings> {
  let document: unknown;
  try {
    document = parse(await readFile(path, 'utf8'), { maxAliasCount: 10 });
  } catch (error) {
    throw new SettingsError(`${path}: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
  }
  return parseSettings(document, path);
}
