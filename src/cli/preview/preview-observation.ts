import type { Series } from '../../../forecasts/index.ts';
import { type AutoscalerOwner, autoscalerOwner } from '../../api/autoscalers/autoscaler-owner.ts';
import { ownValue } from '../../api/names/own-value.ts';
import type { ScalingTarget } from '../../api/scaling-target.ts';
import { workloadKey } from '../../api/workload-key.ts';
import { readLeadTime } from '../../observe/capacity/read-lead-time.ts';
import type { AutoscalerObservation, Limits, Observation, TargetObservation } from '../../observe/observation.ts';
import { limitsOf } from '../../operator/settings/limits.ts';
import { parseSettings } from '../../operator/settings/settings.ts';
import { seriesDates } from '../../recurrence/series-dates.ts';
import type { HistoryOptions } from '../files/history/history-options.ts';
import { readSales, type SaleManifest } from '../files/read-sales.ts';
import { askForSales } from './ask-for-sales.ts';
import { demandOf, historyEnd, until } from './preview-demand.ts';
import { type ManifestScaler, type PreviewObjects, readPreviewObjects } from './preview-objects.ts';
import { readTargetHistories } from './target-histories.ts';
import { withClock } from './with-clock.ts';
import { withSurge } from './with-surge.ts';

/** The files of a preview, and its instant. */
export interface PreviewOptions {
  /** YAML files with FlashSales. */
  readonly saleFiles: readonly string[];
  /** A folder with ScalingTargets, and with the HorizontalPodAutoscalers and the ScalingPolicy where known. */
  readonly targetsFolder: string;
  /** A folder with `<target>.csv`, or a file with a column for each target. */
  readonly historyFolder: string;
  /** How the histories are read, where their files do not tell. */
  readonly read?: HistoryOptions;
  /** Epoch ms; the end of the newest history when absent. */
  readonly at?: number | undefined;
}

export interface Preview {
  readonly observation: Observation;
  /** The whole history up to the preview's instant, by target. */
  readonly histories: Readonly<Record<string, Series>>;
  /** What was corrected or left out in the files of the histories, one sentence each. */
  readonly notes: readonly string[];
}

/**
 * Builds the Observation of a cluster with these objects and this history: all replicas are ready, nothing is raised.
 *
 * @throws Error naming file and line, when an object or a row is invalid
 */
export function previewObservation(options: PreviewOptions): Preview {
  return previewFiles(readSales(options.saleFiles), options);
}

/** Does the same with sales that were read before. */
export function previewFiles(announced: readonly SaleManifest[], options: Omit<PreviewOptions, 'saleFiles'>): Preview {
  const objects = readPreviewObjects(announced, options.targetsFolder);
  const notes: string[] = [];
  const names = objects.targets.map(({ metadata }) => metadata.name);
  const whole = readTargetHistories(options.historyFolder, names, options.read ?? {}, note => notes.push(note));
  const now = options.at ?? Math.max(...Object.values(whole).map(historyEnd));
  const histories = Object.fromEntries(Object.entries(whole).map(([name, series]) => [name, until(series, now)]));
  const observation = observeFiles(objects, { now, histories, timeZone: options.read?.timeZone });
  return { histories, notes: [...notes, ...askForSales(observation, histories)], observation };
}

/** Builds the Observation of a cluster with these objects at `now` (epoch ms), with the demand of files by target. */
export function observeFiles(
  { namespace, sales, targets, policy, scalers, manifests }: PreviewObjects,
  given: {
    readonly now: number;
    readonly histories: Readonly<Record<string, Series>>;
    readonly timeZone: string | undefined;
    /** @default those of the operator's default settings */
    readonly limits?: Limits;
  },
): Observation {
  const { now, histories, timeZone, limits = limitsOf(parseSettings({})) } = given;
  const dates = seriesDates(sales, { now, targets });
  return {
    now,
    namespace,
    sales: sales.toSorted((a, b) => (a.metadata.name < b.metadata.name ? -1 : 1)),
    ...(dates.length === 0 ? {} : { dates }),
    targets: targets
      .toSorted((a, b) => (a.metadata.name < b.metadata.name ? -1 : 1))
      .map(target => observeTarget(target, scalers, ownValue(histories, target.metadata.name), now))
      .map(one => withSurge(withClock(one, { policy, now, timeZone }), manifests)),
    policy,
    limits,
    salePlans: [],
    unreadable: [],
  };
}

function observeTarget(
  target: ScalingTarget,
  scalers: readonly ManifestScaler[],
  history: Series | undefined,
  now: number,
): TargetObservation {
  const { spec } = target;
  const key = workloadKey(spec.workloadRef);
  const own = scalers.filter(({ spec: { scaleTargetRef } }) => workloadKey(scaleTargetRef) === key);
  const autoscalers =
    own.length === 0
      ? [standing(spec.workloadRef.name, spec.baseline)]
      : own.map(({ metadata, spec: live }) => standing(metadata.name, live, autoscalerOwner(metadata)));
  const replicas = autoscalers[0]?.minReplicas ?? spec.baseline.minReplicas;
  const stepSeconds = history?.stepSeconds ?? spec.demand.stepSeconds;
  return {
    target: { ...target, spec: { ...spec, demand: { ...spec.demand, stepSeconds } } },
    workload: { ...spec.workloadRef, uid: '', resourceVersion: '', replicas, readyReplicas: replicas },
    autoscalers,
    demand: demandOf(target.metadata.name, history, now),
    leadTime: readLeadTime(target, { missing: 'a preview reads no workload' }),
  };
}

function standing(
  name: string,
  bounds: { readonly minReplicas: number; readonly maxReplicas: number },
  owner?: AutoscalerOwner,
): AutoscalerObservation {
  const { minReplicas, maxReplicas } = bounds;
  return {
    name,
    uid: '',
    resourceVersion: '',
    minReplicas,
    maxReplicas,
    currentReplicas: minReplicas,
    desiredReplicas: minReplicas,
    otherWriters: [],
    ...(owner === undefined ? {} : { owner }),
  };
}
