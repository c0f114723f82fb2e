import type { HiddenPeak } from '../../../forecasts/index.ts';
import type { CallGraph } from '../../api/call-graph.ts';
import type { Mode } from '../../api/flash-sale.ts';
import { isMissing, type Missing } from '../../api/missing.ts';
import { ownValue } from '../../api/names/own-value.ts';
import type { Observation } from '../../observe/observation.ts';
import { currentHorizonMs } from '../accept/current-sales.ts';
import { effectiveMode } from '../accept/effective-mode.ts';
import { isDueOrAhead, isReached, type Occurrence } from '../accept/occurrence.ts';
import type { Refusal } from '../accept/refusal.ts';
import type { TargetCost } from '../cost/target-costs.ts';
import { besideUntil } from '../demand/beside-until.ts';
import type { Curve } from '../demand/curve.ts';
import type { DemandForecasts, WindowForecast } from '../demand/demand-forecasts.ts';
import { fanOut, targetTotalDemand } from '../demand/fan-out.ts';
import { minimumDemand } from '../demand/minimum-demand.ts';
import { saleCalls } from '../demand/sale-calls.ts';
import { sharpenForecasts } from '../demand/sharpen-forecasts.ts';
import { dueOf, isLate, lateTargetsOf } from './due-time.ts';
import { holdDaily, isHeldDaily } from './hold-daily.ts';
import type { LateTarget } from './late-targets.ts';
import type { ReplicaChain } from './replicas/replica-chain.ts';
import type { NamespaceReplicas } from './replicas/replica-rule.ts';
import { needsOfWhole, replicasTogether } from './replicas-together.ts';
import { type SaleNeed, saleNeed } from './sale-need.ts';
import { soldOutNeed } from './sold-out-need.ts';
import { togetherMs } from './whole-wave.ts';

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
  /** Targets that cannot be ready at its start, the most critical first. */
  readonly lateTargets: readonly LateTarget[];
}

/**
 * The sales that are not over and count in the demand of the sales beside them: those with mode `Apply` that are not sold
 * out.
 */
export function countedSales(occurrences: readonly Occurrence[], observation: Observation): readonly Occurrence[] {
  return occurrences.filter(
    occurrence =>
      isDueOrAhead(occurrence, observation.now) &&
      occurrence.stock?.soldOutSince === undefined &&
      saleMode(occurrence, observation) === 'Apply',
  );
}

/** Schedules the sales that are not over, by start: first what each needs, then when each must be raised. */
export function scheduleSales(input: {
  readonly observation: Observation;
  readonly graph: CallGraph;
  readonly occurrences: readonly Occurrence[];
  readonly forecasts: DemandForecasts;
  /** Targets that cannot be raised; they do not delay any sale. */
  readonly refused: ReadonlyMap<string, Refusal>;
  readonly chain: ReplicaChain;
  /** By target name; empty where the policy states no cost. */
  readonly costs: ReadonlyMap<string, TargetCost>;
  /** Names of the SalePlans to schedule. @default all */
  readonly only?: ReadonlySet<string> | undefined;
}): readonly ScheduledSale[] {
  const { observation, graph, occurrences, forecasts, refused, chain, costs, only } = input;
  const due = occurrences.filter(occurrence => isDueOrAhead(occurrence, observation.now));
  const counted = countedSales(occurrences, observation);
  const modes = new Map(due.map(occurrence => [occurrence.salePlan, saleMode(occurrence, observation)]));
  const horizonMs = currentHorizonMs(observation);
  const scheduled = due.filter(({ salePlan }) => only?.has(salePlan) ?? true);
  const sized = scheduled.map(occurrence => {
    const window = ownValue(forecasts, occurrence.salePlan) ?? {};
    const needs = needsOf({ occurrence, occurrences, counted, observation, graph, forecasts: window, costs });
    const all = needsOfWhole(needs);
    return { occurrence, needs, all, whole: replicasTogether([all], chain) };
  });
  return sized.map(({ occurrence, needs, whole }) => {
    const mode = modes.get(occurrence.salePlan) ?? 'ForecastOnly';
    const isNear = ({ start }: Occurrence) =>
      Math.abs(start - occurrence.start) <= togetherMs &&
      Math.max(start, occurrence.start) - horizonMs <= observation.now;
    const together = sized.filter(
      other =>
        other.occurrence === occurrence ||
        (modes.get(other.occurrence.salePlan) === 'Apply' && isNear(other.occurrence)),
    );
    const wave =
      together.length === 1
        ? whole
        : replicasTogether(
            together.map(other => other.all),
            chain,
          );
    const asked = { occurrence, wave, observation, refused };
    const due = dueOf(asked);
    const aheadMs = occurrence.start - due.latest + observation.policy.readyBeforeSeconds * 1000;
    const fullAt = occurrence.start - aheadMs;
    const isRamped = (name: string) => chain.targets.get(name)?.spec.rampUp !== undefined;
    return {
      occurrence,
      needs: isHeldDaily(occurrence)
        ? new Map([...needs].map(([name, need]) => [name, holdDaily(need, aheadMs)]))
        : new Map([...needs].map(([name, need]) => [name, isRamped(name) ? { ...need, fullAt } : need])),
      whole,
      mode,
      prescaleTime: due.prescaleTime,
      covers: due.prescaleTime <= observation.now && observation.now < occurrence.end,
      isLate: isLate(occurrence, due.latest, observation),
      lateTargets: mode === 'Apply' ? lateTargetsOf(asked, due.prescaleTime) : [],
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
  readonly forecasts: Readonly<Record<string, WindowForecast | Missing>>;
  readonly costs: ReadonlyMap<string, TargetCost>;
}): ReadonlyMap<string, SaleNeed> {
  const { occurrence, occurrences, counted, observation, graph, forecasts, costs } = input;
  const { now } = observation;
  const until = Math.min(occurrence.end, besideUntil(occurrence.start, observation.now));
  const others = counted.filter(other => other !== occurrence && other.start < until && occurrence.start < other.end);
  const all = [...others, occurrence].sort((a, b) => (a.salePlan < b.salePlan ? -1 : 1));
  const sharpened = sharpenForecasts(forecasts, all);
  const calls = saleCalls(graph, observation, occurrence.start);
  const demands = fanOut(calls.graph, all, sharpened.forecasts);
  const minima = minimumDemand(calls.graph, occurrence, demands);
  const means = sharpened.hidden.size === 0 ? undefined : fanOut(calls.graph, all, forecasts);
  return new Map(
    observation.targets
      .filter(({ target }) => isReached(occurrence, target.metadata.name))
      .map(observed => {
        const { metadata } = observed.target;
        const demand = demands.get(metadata.name) ?? { base: { missing: 'no forecast was made' }, extras: new Map() };
        const isReaching = (other: Occurrence) => isReached(other, metadata.name);
        const [meeting, reaching] = [all.filter(isReaching), () => occurrences.filter(isReaching)];
        const [minimum, cost] = [minima.get(metadata.name), costs.get(metadata.name)];
        const need = saleNeed({ now, occurrence, meeting, reaching, demand, minimum, observed, cost });
        const stepMeans = means?.get(metadata.name);
        const found = {
          forecast: ownValue(forecasts, metadata.name),
          hiddenPeak: sharpened.hidden.get(metadata.name)?.get(occurrence.salePlan),
          stepMeans: stepMeans === undefined ? undefined : targetTotalDemand(stepMeans, meeting),
          calls: calls.corrected.get(metadata.name),
        };
        return [metadata.name, soldOutNeed(withFindings(need, found), observed, observation.limits)];
      }),
  );
}

/** Adds what was found about the data behind a need. */
function withFindings(
  need: SaleNeed,
  found: {
    readonly forecast: WindowForecast | Missing | undefined;
    readonly hiddenPeak: HiddenPeak | undefined;
    readonly stepMeans: Curve | Missing | undefined;
    readonly calls: SaleNeed['calls'];
  },
): SaleNeed {
  const { forecast, hiddenPeak, stepMeans, calls } = found;
  const { extra } = need;
  const notes = forecast === undefined || isMissing(forecast) ? undefined : forecast.notes;
  if (notes === undefined && hiddenPeak === undefined && stepMeans === undefined && calls === undefined) return need;
  return {
    ...need,
    ...(stepMeans === undefined || isMissing(stepMeans) ? {} : { stepMeans }),
    ...(hiddenPeak === undefined || extra === undefined || extra.source === 'Callers' ? {} : { hiddenPeak }),
    ...(notes === undefined ? {} : { notes }),
    ...(calls === undefined || extra === undefined || extra.source === 'Own' ? {} : { calls }),
  };
}
