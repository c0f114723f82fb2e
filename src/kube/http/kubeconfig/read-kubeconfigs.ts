import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { parseWith } from '../../../api/faults/parse-error.ts';
import { ownValue } from '../../../api/names/own-value.ts';
import { refuseKubeconfig } from './refuse-kubeconfig.ts';

/** A named cluster, context or user as written, and the folder of its file, which its paths are relative to. */
export interface KubeconfigEntry {
  readonly value: unknown;
  readonly file: string;
  readonly folder: string;
}

/** The merged content of several kubeconfigs. */
export interface MergedKubeconfig {
  /** The files that exist, in order. */
  readonly files: readonly string[];
  readonly currentContext: string | undefined;
  readonly clusters: ReadonlyMap<string, KubeconfigEntry>;
  readonly contexts: ReadonlyMap<string, KubeconfigEntry>;
  readonly users: ReadonlyMap<string, KubeconfigEntry>;
}

/**
 * Reads and merges kubeconfigs by kubectl's rules: a missing or empty file is skipped, and the first file that has a
 * name, or a current-context, decides.
 *
 * @see https://kubernetes.io/docs/concepts/configuration/organize-cluster-access-kubeconfig/#merging-kubeconfig-files
 * @throws TransportError CREDENTIALS when no file exists, or one cannot be read or is not a kubeconfig
 */
export function readKubeconfigs(candidates: readonly string[]): MergedKubeconfig {
  const read = [...new Set(candidates)].flatMap(file => readKubeconfig(file) ?? []);
  if (read.length === 0) throw refuseKubeconfig(`no cluster: ${candidates.join(', ')} not found, and this is no pod`);
  return {
    files: read.map(({ file }) => file),
    currentContext: read.map(({ currentContext }) => currentContext).find(name => name !== undefined),
    clusters: firstByName(read.flatMap(({ clusters }) => clusters)),
    contexts: firstByName(read.flatMap(({ contexts }) => contexts)),
    users: firstByName(read.flatMap(({ users }) => users)),
  };
}

function readKubeconfig(file: string) {
  const text = readText(file);
  if (text === undefined) return undefined;
  const config = parseFile(file, text);
  const folder = path.dirname(path.resolve(file));
  const entries = (list: 'clusters' | 'contexts' | 'users', field: string) => {
    const named = (config[list] ?? []).map(entry => ({
      name: entry.name,
      value: ownValue(entry, field),
      file,
      folder,
    }));
    const names = named.map(({ name }) => name);
    const twice = names.find((name, index) => names.indexOf(name) !== index);
    if (twice !== undefined) throw refuseKubeconfig(`${file}: ${list} has "${twice}" twice; remove one of them`);
    return named;
  };
  return {
    file,
    currentContext: config['current-context'] || undefined,
    clusters: entries('clusters', 'cluster'),
    contexts: entries('contexts', 'context'),
    users: entries('users', 'user'),
  };
}

function readText(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR'))
      return undefined;
    throw refuseKubeconfig(`cannot read ${file}: ${error instanceof Error ? error.message : String(error)}`, error);
  }
}

const entriesSchema = z
  .array(z.looseObject({ name: z.string({ error: 'is no text; put it in quotes' }) }))
  .nullish()
  .transform(list => list ?? []);
const kubeconfigSchema = z.looseObject({
  kind: z.literal('Config', { error: 'is not Config: the file is no kubeconfig' }).nullish(),
  apiVersion: z.literal('v1', { error: 'is not v1' }).nullish(),
  'current-context': z.string({ error: 'is no text; put it in quotes' }).nullish(),
  clusters: entriesSchema,
  contexts: entriesSchema,
  users: entriesSchema,
});

function parseFile(file: string, text: string): z.output<typeof kubeconfigSchema> {
  try {
    return parseWith(kubeconfigSchema, parse(text, { maxAliasCount: 100, merge: true }) ?? {}, file);
  } catch (error) {
    // Only the first line: the following ones quote the file, and with it its secrets.
    const [message = ''] = (error instanceof Error ? error.message : String(error)).split('\n');
    throw refuseKubeconfig(message.startsWith(file) ? message : `${file}: ${message}`);
  }
}

function firstByName(entries: readonly (KubeconfigEntry & { readonly name: string })[]): Map<string, KubeconfigEntry> {
  const first = new Map<string, KubeconfigEntry>();
  for (const { name, ...entry } of entries) if (!first.has(name)) first.set(name, entry);
  return first;
}
