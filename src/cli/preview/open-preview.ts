import { createDemandHistory, type DemandHistory } from '../../observe/demand-history.ts';
import type { Observation } from '../../observe/observation.ts';
import { limitsOf } from '../../operator/settings/limits.ts';
import { parseSettings, readSettings, type Settings } from '../../operator/settings/settings.ts';
import { type ClusterOptions, withCluster } from '../cluster-options.ts';
import type { HistoryOptions } from '../files/history/history-options.ts';
import type { SaleManifest } from '../files/read-sales.ts';
import { readClusterTime } from '../options/cluster-time.ts';
import { openSourceDemand, sourceHistories, withSourceDemand } from '../sources/source-demand.ts';
import { askForSales } from './ask-for-sales.ts';
import { statedNamespace } from './choose-namespace.ts';
import { livePreview } from './live-preview.ts';
import { readPreviewObjects } from './preview-objects.ts';
import { observeFiles, type Preview, previewFiles } from './preview-observation.ts';
import { withFileDemand } from './with-file-demand.ts';

/** Where a preview finds its objects and its demand. */
export interface OpenPreviewOptions extends ClusterOptions, HistoryOptions {
  /** A folder with the ScalingTargets. @default those of the cluster's namespace */
  readonly targets?: string;
  /** A folder or file with the histories. @default what the sources of `settings` have */
  readonly history?: string;
  /** The operator's settings, with the metric sources and the caps. */
  readonly settings?: string;
  /** Epoch ms. @default the end of the histories where all comes from files, else the cluster's time, or that of the call */
  readonly at?: number;
}

/**
 * Makes the preview of the announced sales, with objects and demand from where the options say:
 *
 *   targets   history   objects                      demand
 *   folder    files     of the folder                of the files
 *   folder    -         of the folder                of the sources in `settings`
 *   -         files     of the cluster's namespace   of the files
 *   -         -         of the cluster's namespace   of the sources in `settings`
 *
 * @throws Error naming file and line, or what is missing
 */
export async function openPreview(
  announced: readonly SaleManifest[],
  options: OpenPreviewOptions,
  wallNow: number,
): Promise<Preview> {
  const { targets, history, at } = options;
  if (targets !== undefined && history !== undefined)
    return previewFiles(announced, { targetsFolder: targets, historyFolder: history, read: options, at });
  const settings = options.settings === undefined ? parseSettings({}) : await readSettings(options.settings);
  const demand = history === undefined ? openSourceDemand(settings) : createDemandHistory({});
  const opened = { announced, settings, now: at ?? wallNow, demand };
  const observed =
    targets === undefined
      ? await observeCluster(options, opened)
      : await observeFolder({ ...options, targets }, opened);
  if (history !== undefined) return withQuestions(withFileDemand(observed, history, options));
  return withQuestions({ observation: observed, histories: sourceHistories(observed, demand), notes: [] });
}

interface Opened {
  readonly announced: readonly SaleManifest[];
  readonly settings: Settings;
  /** Epoch ms. */
  readonly now: number;
  readonly demand: DemandHistory;
}

function observeCluster(options: OpenPreviewOptions, { announced, settings, demand }: Opened): Promise<Observation> {
  const cluster = { ...options, namespace: namespaceFor(announced, options.namespace) };
  return withCluster(cluster, async (connection, namespace) => {
    const sales = announced.map(({ sale }) => sale);
    const now = options.at ?? (await readClusterTime(connection));
    return livePreview(connection, { namespace, sales, now, limits: limitsOf(settings), demand });
  });
}

/** The namespace that the sales state, or else that of -n. @throws Error when they differ */
function namespaceFor(announced: readonly SaleManifest[], named: string | undefined): string | undefined {
  const stated = statedNamespace(announced.map(({ object }) => object));
  if (stated !== undefined && named !== undefined && stated !== named)
    throw new Error(`the sale is in namespace ${stated} and -n says ${named}: leave one of them out`);
  return stated ?? named;
}

function observeFolder(
  options: OpenPreviewOptions & { readonly targets: string },
  { announced, settings, now, demand }: Opened,
): Promise<Observation> {
  const objects = readPreviewObjects(announced, options.targets);
  const given = { now, histories: {}, timeZone: options.timeZone, limits: limitsOf(settings) };
  return withSourceDemand(observeFiles(objects, given), demand);
}

/** Adds to the notes the questions about times of unusual demand that no sale explains. */
function withQuestions({ observation, histories, notes }: Preview): Preview {
  return { observation, histories, notes: [...notes, ...askForSales(observation, histories)] };
}
