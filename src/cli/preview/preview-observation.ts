import { z } from 'zod';
import type { Series } from '../../../forecasts/index.ts';
import { type AutoscalerOwner, autoscalerOwner } from '../../api/autoscalers/autoscaler-owner.ts';
import { ParseError, parseWith } from '../../api/faults/parse-error.ts';
import type { Missing } from '../../api/missing.ts';
import { ownValue } from '../../api/names/own-value.ts';
import { defaultPolicySpec } from '../../api/scaling-policy.ts';
import type { ScalingTarget } from '../../api/scaling-target.ts';
import { workloadKey } from '../../api/workload-key.ts';
import { describeManifest, type ManifestObject } from '../../manifests/manifest-object.ts';
import { scalingPoliciesOf, scalingTargetsOf } from '../../manifests/our-objects.ts';
import { readLeadTime } from '../../observe/capacity/read-lead-time.ts';
import type {
  AutoscalerObservation,
  DemandObservation,
  Observation,
  TargetObservation,
} from '../../observe/observation.ts';
import { limitsOf } from '../../operator/settings/limits.ts';
import { parseSettings } from '../../operator/settings/settings.ts';
import { seriesDates } from '../../recurrence/series-dates.ts';
import type { HistoryOptions } from '../files/history/history-options.ts';
import { formatFaults, ourFaults, readManifests } from '../files/read-manifests.ts';
import { readSales } from '../files/read-sales.ts';
import { askForSales } from './ask-for-sales.ts';
import { chooseNamespace } from './choose-namespace.ts';
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
  const announced = readSales(options.saleFiles);
  const sales = announced.map(({ sale }) => sale);
  const { namespace, objects: manifests } = chooseNamespace(
    announced.map(({ object }) => object),
    readManifests([options.targetsFolder]),
  );
  const told = ourFaults(manifests, ['ScalingTarget', 'ScalingPolicy']);
  if (told.length > 0) throw new Error(told.join('\n'));
  const targets = scalingTargetsOf(manifests).map(({ target }) => target);
  if (targets.length === 0) throw new Error(`${options.targetsFolder} has no ScalingTarget in namespace ${namespace}`);
  const [policy] = scalingPoliciesOf(manifests).map(each => each.policy);
  const notes: string[] = [];
  const names = targets.map(({ metadata }) => metadata.name);
  const whole = readTargetHistories(options.historyFolder, names, options.read ?? {}, note => notes.push(note));
  const now = options.at ?? Math.max(...Object.values(whole).map(endOf));
  const histories = Object.fromEntries(Object.entries(whole).map(([name, series]) => [name, until(series, now)]));
  const spec = policy?.spec ?? defaultPolicySpec();
  const dates = seriesDates(sales, { now, targets });
  const autoscalers = manifests.filter(({ kind }) => kind === 'HorizontalPodAutoscaler').map(parseScaler);
  const observation: Observation = {
    now,
    namespace,
    sales: sales.toSorted((a, b) => (a.metadata.name < b.metadata.name ? -1 : 1)),
    ...(dates.length === 0 ? {} : { dates }),
    targets: targets
      .toSorted((a, b) => (a.metadata.name < b.metadata.name ? -1 : 1))
      .map(target => observeTarget(target, autoscalers, ownValue(histories, target.metadata.name), now))
      .map(one => withSurge(withClock(one, { policy: spec, now, timeZone: options.read?.timeZone }), manifests)),
    policy: spec,
    limits: limitsOf(parseSettings({})),
    salePlans: [],
    unreadable: [],
  };
  return { histories, notes: [...notes, ...askForSales(observation, histories)], observation };
}

const scalerSchema = z.looseObject({
  metadata: z.looseObject({
    name: z.string(),
    annotations: z.record(z.string(), z.string()).optional(),
    ownerReferences: z
      .array(
        z.looseObject({
          apiVersion: z.string(),
          kind: z.string(),
          name: z.string(),
          controller: z.boolean().default(false),
        }),
      )
      .optional(),
  }),
  spec: z.looseObject({
    scaleTargetRef: z.looseObject({ apiVersion: z.string().default(''), kind: z.string(), name: z.string() }),
    minReplicas: z
      .int()
      .min(0)
      .nullish()
      .transform(stated => stated ?? 1),
    maxReplicas: z.int().min(1),
  }),
});

type Scaler = z.infer<typeof scalerSchema>;

function parseScaler(manifest: ManifestObject): Scaler {
  try {
    return parseWith(scalerSchema, manifest.value, describeManifest(manifest));
  } catch (error) {
    if (!(error instanceof ParseError)) throw error;
    throw new Error(formatFaults(manifest, error.faults).join('\n'), { cause: error });
  }
}

function observeTarget(
  target: ScalingTarget,
  scalers: readonly Scaler[],
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

function demandOf(name: string, history: Series | undefined, now: number): DemandObservation | Missing {
  if (history === undefined) return { missing: `there is no ${name}.csv` };
  if (history.values.length === 0) return { missing: `${name}.csv begins later` };
  const { start, stepSeconds, values } = history;
  const from = Math.max(0, values.length - Math.ceil((2 * 3600) / stepSeconds));
  return {
    recent: { start: start + from * stepSeconds * 1000, stepSeconds, values: values.slice(from) },
    historyKey: name,
    ageSeconds: Math.max(0, (now - endOf(history)) / 1000),
    historySeconds: values.length * stepSeconds,
    source: `${name}.csv`,
  };
}

function until(series: Series, now: number): Series {
  const steps = Math.max(0, Math.floor((now - series.start) / (series.stepSeconds * 1000)));
  return { ...series, values: series.values.slice(0, steps) };
}

function endOf({ start, stepSeconds, values }: Series): number {
  return start + values.length * stepSeconds * 1000;
}
