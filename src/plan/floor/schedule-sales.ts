import type { DemandForecast, HiddenPeak } from '../../../forecasts/index.ts';
import type { CallGraph } from '../../api/call-graph.ts';
import type { Mode } from '../../api/flash-sale.ts';
import { parseInstant } from '../../api/instant.ts';
import { isMissing, type Missing } from '../../api/missing.ts';
import type { Observation } from '../../observe/observation.ts';
import { effectiveMode } from '../accept/effective-mode.ts';
import type { Refusal } from '../accept/refusal.ts';
import { isDueOrAhead, type Occurrence } from '../accept/sale-occurrences.ts';
import type { Curve } from '../demand/curve.ts';
import type { DemandForecasts } from '../demand/demand-forecasts.ts';
import { fanOut, targetTotalDemand } from '../demand/fan-out.ts';
import { minimumDemand } from '../demand/minimum-demand.ts';
import { sharpenForecasts } from '../demand/sharpen-forecasts.ts';
import { prescaleTime } from './prescale-time.ts';
import { wholeNeeds } from './replica-needs.ts';
import type { ReplicaChain } from './replicas/replica-chain.ts';
import type { NamespaceReplicas } from './replicas/replica-rule.ts';
import { type SaleNeed, saleNeed } from './sale-need.ts';

/** A sale that is not over: what it needs of each target, and from when on. */
export interface ScheduledSale {
  readonly occurrence: Occurrence;
  /** By target name. */
  readonly needs: ReadonlyMap<string, SaleNeed>;
  /** Replicas for the whole sale, by target name; within caps, but without the namespace's total. */
  readonly whole: NamespaceReplicas;
  /** The mode of policy and sale; a target may be stricter. */
  readonly mode: Mode;
  /** Epoch ms. Once it has passed, later forecasts do not change it. */
  readonly prescaleTime: number;
  /** Whether its floor is due now: prescaleTime ≤ now < end. */
  readonly covers: boolean;
  /** Whether it became known too late to be raised in time. */
  readonly isLate: boolean;
}

/** Milliseconds between two starts within which sales raise their targets in one wave. */
const togetherMs = 10 * 60_000;

/** Schedules the sales that are not over, by start: first what each needs, then when each must be raised. */
export function scheduleSales(input: {
  readonly observation: Observation;
  readonly graph: CallGraph;
  readonly occurrences: readonly Occurrence[];
  readonly forecasts: DemandForecasts;
  /** Targets that cannot be raised; they do not delay any sale. */
  readonly refused: ReadonlyMap<string, Refusal>;
  readonly chain: ReplicaChain;
}): readonly ScheduledSale[] {
  const { observation, graph, occurrences, forecasts, refused, chain } = input;
  const due = occurrences.filter(occurrence => isDueOrAhead(occurrence, observation.now));
  const modes = new Map(due.map(occurrence => [occurrence.salePlan, saleMode(occurrence, observation)]));
  const counted = due.filter(({ salePlan }) => modes.get(salePlan) === 'Apply');
  const sized = due.map(occurrence => {
    const window = forecasts[occurrence.salePlan] ?? {};
    const needs = needsOf({ occurrence, occurrences, counted, observation, graph, forecasts: window });
    return { occurrence, needs, whole: replicasTogether([needs], chain) };
  });
  return sized.map(({ occurrence, needs, whole }) => {
    const mode = modes.get(occurrence.salePlan) ?? 'ForecastOnly';
    const together = sized.filter(
      other =>
        other.occurrence === occurrence ||
        (modes.get(other.occurrence.salePlan) === 'Apply' &&
          Math.abs(other.occurrence.start - occurrence.start) <= togetherMs),
    );
    const wave =
      together.length === 1
        ? whole
        : replicasTogether(
            together.map(other => other.needs),
            chain,
          );
    const due = dueTime({ occurrence, wave, observation, refused });
    return {
      occurrence,
      needs,
      whole,
      mode,
      prescaleTime: due,
      covers: due <= observation.now && observation.now < occurrence.end,
      isLate: isLate(occurrence, due, observation.now),
    };
  });
}

function saleMode({ spec }: Occurrence, { policy }: Observation): Mode {
  return effectiveMode([
    { by: 'policy', mode: policy.mode },
    { by: 'sale', mode: spec.mode },
  ]).mode;
}

function needsOf(input: {
  readonly occurrence: Occurrence;
  readonly occurrences: readonly Occurrence[];
  readonly counted: readonly Occurrence[];
  readonly observation: Observation;
  readonly graph: CallGraph;
  readonly forecasts: Readonly<Record<string, DemandForecast | Missing>>;
}): ReadonlyMap<string, SaleNeed> {
  const { occurrence, occurrences, counted, observation, graph, forecasts } = input;
  const others = counted.filter(other => other !== occurrence && meets(other, occurrence));
  const all = [...others, occurrence].sort((a, b) => (a.salePlan < b.salePlan ? -1 : 1));
  const sharpened = sharpenForecasts(forecasts, all);
  const demands = fanOut(graph, all, sharpened.forecasts);
  const minima = minimumDemand(graph, occurrence, demands);
  const means = sharpened.hidden.size === 0 ? undefined : fanOut(graph, all, forecasts);
  return new Map(
    observation.targets
      .filter(({ target }) => occurrence.reaches.includes(target.metadata.name))
      .map(observed => {
        const { metadata } = observed.target;
        const demand = demands.get(metadata.name) ?? { base: { missing: 'no forecast was made' }, extras: new Map() };
        const isReaching = ({ reaches }: Occurrence) => reaches.includes(metadata.name);
        const [meeting, reaching] = [all.filter(isReaching), occurrences.filter(isReaching)];
        const minimum = minima.get(metadata.name);
        const need = saleNeed({ now: observation.now, occurrence, meeting, reaching, demand, minimum, observed });
        const stepMeans = means?.get(metadata.name);
        const found = {
          forecast: forecasts[metadata.name],
          hiddenPeak: sharpened.hidden.get(metadata.name)?.get(occurrence.salePlan),
          stepMeans: stepMeans === undefined ? undefined : targetTotalDemand(stepMeans, meeting),
        };
        return [metadata.name, { ...need, ...findings(need, found) }];
      }),
  );
}

/** Findings about the data behind a need. */
function findings(
  { extra }: SaleNeed,
  found: {
    readonly forecast: DemandForecast | Missing | undefined;
    readonly hiddenPeak: HiddenPeak | undefined;
    readonly stepMeans: Curve | Missing | undefined;
  },
): Pick<SaleNeed, 'stepMeans' | 'hiddenPeak' | 'notes'> {
  const { forecast, hiddenPeak, stepMeans } = found;
  const notes = forecast === undefined || isMissing(forecast) ? undefined : forecast.notes;
  return {
    ...(stepMeans === undefined || isMissing(stepMeans) ? {} : { stepMeans }),
    ...(hiddenPeak === undefined || extra === undefined || extra.source === 'Callers' ? {} : { hiddenPeak }),
    ...(notes === undefined ? {} : { notes }),
  };
}

/** Replicas for the whole of some sales, within caps; the namespace's total is shared out only when they are due. */
function replicasTogether(sales: readonly ReadonlyMap<string, SaleNeed>[], chain: ReplicaChain): NamespaceReplicas {
  const all = Map.groupBy(
    sales.flatMap(needs => [...needs]),
    ([name]) => name,
  );
  return chain.run(
    new Map([...all].map(([name, entries]) => [name, { needs: entries.flatMap(([, need]) => wholeNeeds(need)) }])),
  );
}

function meets(one: Occurrence, other: Occurrence): boolean {
  return one.start < other.end && other.start < one.end;
}

/** The prescale time as computed now, or the recorded one if that has passed already. */
function dueTime(input: {
  readonly occurrence: Occurrence;
  /** Replicas that are raised together with the sale, its own included. */
  readonly wave: NamespaceReplicas;
  readonly observation: Observation;
  readonly refused: ReadonlyMap<string, Refusal>;
}): number {
  const { occurrence, observation, refused } = input;
  const { limits, now } = observation;
  const served = observation.targets.filter(({ target }) => !refused.has(target.metadata.name));
  const extras = served
    .map(({ target: { metadata, spec } }) => (input.wave.get(metadata.name)?.replicas ?? 0) - spec.baseline.minReplicas)
    .filter(extra => extra > 0);
  const leads = served
    .filter(({ target }) => occurrence.reaches.includes(target.metadata.name))
    .map(({ leadTime }) => leadTime.seconds);
  const wave = {
    raises: extras.length,
    pods: extras.reduce((sum, extra) => sum + extra, 0),
    writesPerSecond: limits.writesPerSecond,
  };
  const planned = prescaleTime(occurrence.start, wave, leads);
  const stated = occurrence.record?.status?.plan?.prescaleTime;
  const recorded = stated === undefined ? planned : parseInstant(stated);
  return recorded <= now ? Math.min(planned, recorded) : planned;
}

/** Whether a sale became known after it was due: its SalePlan records since when it is known; without one it is new. */
function isLate({ record }: Occurrence, due: number, now: number): boolean {
  const known = record === undefined ? now : Date.parse(record.metadata.creationTimestamp ?? '');
  return known > due;
}
