import { workloadKey } from '../../api/workload-key.ts';
import { readAutoscaler } from '../../kube/resources/read-autoscaler.ts';
import type { autoscalers, ScaledObject } from '../../kube/resources/resource-kind.ts';
import type { KubeObject } from '../../kube/resources/wire.ts';
import type { MetricSource } from '../../observe/metrics/metric-source.ts';
import { describeFound } from '../sources/describe-found.ts';
import { borneCapacity } from './borne-capacity.ts';
import { capacityOfMetrics } from './capacity-of-metrics.ts';
import { type FoundDemand, findDemand } from './find-demand.ts';
import { type AdoptedFields, formatAdopted } from './format-adopted.ts';
import { ownDemand } from './own-demand.ts';
import { type Caller, type ProposedCalls, proposeCalls } from './propose-calls.ts';
import { refuseAdoption } from './refuse-adoption.ts';
import { targetNames } from './target-names.ts';

/** An HPA as it is read. */
export type Autoscaler = NonNullable<(typeof autoscalers)['object']>;

/** What became of one HPA. */
export interface Adoption {
  readonly hpa: string;
  /** Name of the ScalingTarget; absent when there is none. */
  readonly target?: string;
  /** The ScalingTarget, with comments that say what was found. */
  readonly yaml?: string;
  /** Whether an answer of the caller would make a ScalingTarget of it. */
  readonly isAsked: boolean;
  /** What was found, or why there is no ScalingTarget and what to do. */
  readonly message: string;
}

/** A namespace, and the source in which its demand is looked for. */
export interface AdoptAllInput {
  readonly hpas: readonly Autoscaler[];
  readonly scaledObjects: readonly ScaledObject[];
  readonly targets: readonly KubeObject[];
  readonly source: { readonly name: string; readonly metrics: MetricSource };
  /** Requests per second of one replica by the name of the target, where the caller states it. */
  readonly capacities: ReadonlyMap<string, string>;
  /** Epoch ms. */
  readonly now: number;
  /** Called before each HPA. */
  readonly onAsk?: (hpa: string) => void;
}

/**
 * Makes a ScalingTarget in mode ForecastOnly of each HPA that is nobody's yet: demand and capacity are looked for in its
 * metrics and in the source. A workload with several HPAs, or with one that another autoscaler than KEDA makes, gets none.
 */
export async function adoptAll(input: AdoptAllInput): Promise<readonly Adoption[]> {
  const { hpas, onAsk = () => undefined } = input;
  const counts = Map.groupBy(hpas, hpa => workloadKey(readAutoscaler(hpa).scales));
  const names = targetNames(hpas.map(hpa => readAutoscaler(hpa).scales));
  const adoptions: (Adoption | Draft)[] = [];
  for (const hpa of hpas.toSorted((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1))) {
    onAsk(nameOf(hpa));
    const { scales } = readAutoscaler(hpa);
    const others = (counts.get(workloadKey(scales)) ?? []).filter(other => other !== hpa).map(nameOf);
    adoptions.push(
      others.length === 0
        ? await adoptOne(hpa, names.get(workloadKey(scales)) ?? scales.name, input)
        : refused(hpa, `${scales.kind} ${scales.name} is scaled by ${others.join(', ')} as well: leave one HPA.`),
    );
  }
  const drafts = adoptions.filter(one => 'caller' in one);
  const [{ namespace = 'default' } = {}] = drafts.map(({ hpa }) => hpa.metadata ?? {});
  const calls = await proposeCalls(
    drafts.flatMap(({ caller, fields }) => (fields.name === caller.name ? [caller] : [])),
    { source: input.source.metrics, namespace, now: input.now },
  );
  return adoptions.map(one => ('caller' in one ? finish(one, input.targets, calls.get(one.fields.name)) : one));
}

/** A ScalingTarget that lacks the calls to others, which are looked for once all are known. */
interface Draft {
  readonly hpa: Autoscaler;
  readonly caller: Caller;
  readonly fields: AdoptedFields & { readonly name: string };
  readonly comments: string;
  readonly message: string;
}

function finish(
  { hpa, fields, comments, message }: Draft,
  targets: readonly KubeObject[],
  calls: ProposedCalls = [],
): Adoption {
  const called = calls.map(({ target }) => target).join(', ');
  const about = calls.length === 0 ? '' : '# calls: as the mesh counted them over the last day.\n';
  return {
    hpa: nameOf(hpa),
    target: fields.name,
    yaml: `${comments}${about}${formatAdopted(hpa, { ...fields, calls }, targets)}`,
    isAsked: false,
    message: calls.length === 0 ? message : `${message}; calls ${called}`,
  };
}

async function adoptOne(hpa: Autoscaler, target: string, input: AdoptAllInput): Promise<Adoption | Draft> {
  const { targets, source, now, scaledObjects } = input;
  const { namespace = 'default' } = hpa.metadata ?? {};
  const { scales, owner } = readAutoscaler(hpa);
  const scaledObject =
    owner?.kind === 'ScaledObject' ? scaledObjects.find(({ metadata }) => metadata?.name === owner.name) : undefined;
  const refusal = refuseAdoption({ hpa, targets, name: target, scaledObject });
  if (refusal !== undefined) return refused(hpa, refusal);
  const { kind, name } = scales;
  const own = ownDemand(hpa, scaledObject);
  const demand = await findDemand(source.metrics, { namespace, kind, name, isNamesake: target !== name, own }, now);
  if (demand === undefined)
    return asked(
      hpa,
      `no requests per second of ${target === name ? name : `${kind} ${name}`} are in source ${source.name}: headstart adopt ${nameOf(hpa)} --query … takes yours`,
    );
  const capacity = await chooseCapacity(hpa, demand, { ...input, stated: input.capacities.get(target) });
  const found = `${demand.from}: ${describeFound(demand.series, now) ?? 'no value'}`;
  if (capacity === undefined)
    return asked(
      hpa,
      `${found}. How many requests per second one replica serves is not known: state it with --capacity-of ${target}=45`,
    );
  const fields = { name: target, capacity: capacity.quantity, query: demand.query, source: source.name, scaledObject };
  const comments = `# demand: ${found}\n# capacityPerReplica: ${capacity.from}.\n`;
  const measured = demand.series.values.filter(value => value !== null);
  const rate = measured.reduce((sum, value) => sum + value, 0) / measured.length;
  const message = `${found}; ${capacity.quantity}/s a replica (${capacity.from})`;
  return { hpa, caller: { name, kind, rate }, fields, comments, message };
}

/** What the caller states, else what the autoscaler aims at, else what a replica has borne; undefined when none is known. */
async function chooseCapacity(
  hpa: Autoscaler,
  { series, perReplica }: FoundDemand,
  { stated, source }: Pick<AdoptAllInput, 'source'> & { readonly stated: string | undefined },
): Promise<{ readonly quantity: string; readonly from: string } | undefined> {
  const { scales } = readAutoscaler(hpa);
  const { namespace = 'default' } = hpa.metadata ?? {};
  if (stated !== undefined) return { quantity: stated, from: 'stated' };
  const { rate } = capacityOfMetrics(hpa.spec?.metrics ?? []);
  if (rate !== undefined) return { quantity: rate.quantity, from: `what the HPA aims at, ${rate.metric}` };
  if (perReplica !== undefined) return { quantity: perReplica, from: "the threshold of KEDA's trigger" };
  return borneCapacity(source.metrics, { ...scales, namespace }, series);
}

function refused(hpa: Autoscaler, message: string): Adoption {
  return { hpa: nameOf(hpa), isAsked: false, message };
}

function asked(hpa: Autoscaler, message: string): Adoption {
  return { hpa: nameOf(hpa), isAsked: true, message };
}

function nameOf(hpa: Autoscaler): string {
  return hpa.metadata?.name ?? '';
}
