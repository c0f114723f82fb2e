import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { ownValue } from '../../api/names/own-value.ts';
import { isApiError } from '../../kube/api-error.ts';
import { readAutoscaler } from '../../kube/resources/read-autoscaler.ts';
import { autoscalers, scaledObjects } from '../../kube/resources/resource-kind.ts';
import { createMetricSource } from '../../observe/metrics/create-metric-source.ts';
import { readSettings } from '../../operator/settings/settings.ts';
import { type ClusterOptions, withCluster } from '../cluster-options.ts';
import { readClusterTime } from '../options/cluster-time.ts';
import { ExitWith } from '../output/exit-with.ts';
import { formatTable } from '../output/format-table.ts';
import { type Adoption, type Autoscaler, adoptAll } from './adopt-all.ts';
import { listAdopted } from './list-adopted.ts';
import { targetNames } from './target-names.ts';

/** Options of `headstart adopt --all`. */
export interface AdoptAllOptions extends ClusterOptions {
  readonly settings: string;
  readonly source: string;
  /** What one replica serves, by the name of its workload. */
  readonly capacityOf?: ReadonlyMap<string, string>;
  /** A folder for the files. @default standard output */
  readonly output?: string;
}

/**
 * Adopts the HPAs of a namespace: writes a file for each, or all to standard output, and a table of what was found.
 *
 * @throws Error when the settings have no such source; ExitWith 1 when an answer of the caller is needed
 */
export async function runAdoptAll(options: AdoptAllOptions): Promise<void> {
  const { sources } = await readSettings(options.settings);
  const settings = ownValue(sources, options.source);
  if (settings === undefined)
    throw new Error(
      `${options.settings} has no source ${options.source}, only ${Object.keys(sources).join(', ') || 'none'}: name one with --source`,
    );
  const { capacityOf: capacities = new Map() } = options;
  const adoptions = await withCluster(options, async (connection, namespace) => {
    const hpas = await connection.resource(autoscalers).list({ namespace });
    refuseUnknown([...capacities.keys()], hpas);
    return adoptAll({
      hpas,
      scaledObjects: await connection.resource(scaledObjects).list({ namespace }).catch(toNone),
      targets: await listAdopted(connection, namespace),
      source: { name: options.source, metrics: createMetricSource(settings) },
      capacities,
      now: await readClusterTime(connection),
      onAsk: hpa => process.stderr.write(`${hpa} …\n`),
    });
  });
  const texts = adoptions.flatMap(({ target, yaml }) =>
    target === undefined || yaml === undefined ? [] : [{ target, yaml }],
  );
  if (options.output === undefined) {
    process.stdout.write(texts.map(({ yaml }) => yaml).join('---\n'));
    process.stderr.write(formatAdoptions(adoptions));
  } else {
    mkdirSync(options.output, { recursive: true });
    for (const { target, yaml } of texts) writeNew(path.join(options.output, `${target}.yaml`), yaml);
    process.stdout.write(formatAdoptions(adoptions));
  }
  if (adoptions.some(({ isAsked }) => isAsked)) throw new ExitWith(1);
}

/** @throws Error naming the workloads that HPAs scale, when one of the names is none of them */
function refuseUnknown(names: readonly string[], hpas: readonly Autoscaler[]): void {
  const scaled = new Set(targetNames(hpas.map(hpa => readAutoscaler(hpa).scales)).values());
  const unknown = names.filter(name => !scaled.has(name));
  if (unknown.length === 0) return;
  throw new Error(
    `--capacity-of names ${unknown.join(', ')}, which no HPA of the namespace scales: it has ${[...scaled].sort().join(', ') || 'none'}`,
  );
}

/** Writes a file that is not there yet: one that is may have been edited since. */
function writeNew(file: string, text: string): void {
  if (existsSync(file))
    process.stderr.write(`${file} is there already and left as it is: remove it to have it written.\n`);
  else writeFileSync(file, text);
}

function formatAdoptions(adoptions: readonly Adoption[]): string {
  if (adoptions.length === 0) return 'The namespace has no HPA.\n';
  return formatTable([
    ['HPA', 'TARGET', 'FOUND'],
    ...adoptions.map(({ hpa, target, message }) => [hpa, target ?? '-', message]),
  ]);
}

/** Takes a kind that the cluster does not serve, or that the caller may not read, as one without objects. */
function toNone(error: unknown): readonly never[] {
  if (isApiError(error, 403, 404)) return [];
  throw error;
}
