import type { Condition } from '../../api/condition.ts';
import { parseInstant } from '../../api/instant.ts';
import { recordedTargets } from '../../api/learned/recorded-targets.ts';
import { isMissing } from '../../api/missing.ts';
import type { ReasonStep, SalePlan } from '../../api/sale-plan.ts';
import type { ScalingTarget, ScalingTargetStatus } from '../../api/scaling-target.ts';
import { plannedTimes } from '../../api/series/planned-times.ts';
import { describeLearned } from '../../learn/words/describe-learned.ts';
import { readable } from '../../observe/namespace-objects.ts';
import type { Bounds } from '../../plan/plan.ts';
import { explainPlan, type PlanExplanation } from '../../report/explain-plan.ts';
import { type DemandColumns, demandColumns } from '../../report/html/time-columns.ts';
import type { PageSource } from '../page-source.ts';
import { curvePoints } from './curve-points.ts';

/** A service in a list. */
export interface ServiceRow {
  readonly namespace: string;
  readonly target: string;
  readonly tier: string;
  readonly mode: string;
  readonly isEntryPoint: boolean;
  /** Requests per second in the newest step; absent where it is not known. */
  readonly demand?: number;
  readonly bounds?: Bounds;
  readonly floor?: number;
  readonly ceiling: number;
  readonly ready?: number;
  /** Status of its condition Ready; absent before it is told. */
  readonly isReady?: boolean;
  /** What is in force, or what is wrong, in a sentence. */
  readonly sentence: string;
}

/** A step of an explanation as a status has it, whose rule may be of any release. */
type Step = Omit<ReasonStep, 'rule'> & { readonly rule: string };

/** One service: demand now, what is in force, and why. Times are epoch ms. */
export interface ServiceView extends ServiceRow {
  readonly asOf: number;
  readonly conditions: readonly Condition[];
  readonly accuracy?: NonNullable<ScalingTargetStatus['accuracy']>;
  readonly measuredLeadTimeSeconds?: number;
  readonly statedLeadTimeSeconds: number;
  /** What was learned of it and what that rests on, a sentence each: lead time, capacity, calls that differ. */
  readonly learned: readonly (readonly [what: string, sentence: string])[];
  readonly demandLatenessSeconds?: number;
  /** Managers other than Headstart that own a bound. */
  readonly otherWriters: readonly string[];
  /** The decision of the newest reconcile, step by step; empty where none is known. */
  readonly because: readonly Step[];
  readonly becauseAt?: number;
  /** The last change of its bounds, step by step. */
  readonly lastChange?: { readonly at: number; readonly because: readonly Step[] };
  /** Why it gets its bounds in each of the next five sales that are not reviewed yet. */
  readonly plans: readonly PlanExplanation[];
  /** Demand of the newest two hours, and the forecast of the coming six. */
  readonly recent: DemandColumns;
  /** Why the coming hours are not forecast, in a sentence; absent where they are. */
  readonly aheadMissing?: string;
  /** Names of the SalePlans that raise it. */
  readonly sales: readonly string[];
}

/** All services of the namespaces that a viewer may see. */
export interface ServicesView {
  /** Epoch ms. */
  readonly asOf: number;
  readonly services: readonly ServiceRow[];
}

/** Lists the services of these namespaces. */
export function servicesView(source: PageSource, namespaces: readonly string[]): ServicesView {
  return { asOf: source.now(), services: namespaces.flatMap(namespace => serviceRows(source, namespace)) };
}

/** Lists the services of a namespace, by name. */
function serviceRows(source: PageSource, namespace: string): readonly ServiceRow[] {
  return readable(source.read(namespace).targets)
    .map(target => rowOf(source, namespace, target))
    .sort((a, b) => (a.target < b.target ? -1 : 1));
}

/** Makes the view of one service; undefined where there is none of that name. */
export function serviceView(source: PageSource, namespace: string, name: string): ServiceView | undefined {
  const objects = source.read(namespace);
  const target = readable(objects.targets).find(({ metadata }) => metadata.name === name);
  if (target === undefined) return undefined;
  const { spec, status } = target;
  const newest = source.newest(namespace);
  const observed = newest?.observation.targets.find(one => one.target.metadata.name === name);
  const planned = newest?.plan.targets.find(one => one.target === name);
  const demand = observed === undefined || isMissing(observed.demand) ? undefined : observed.demand;
  const plans = readable(objects.salePlans).filter(plan =>
    recordedTargets(plan.status?.plan).some(one => one.target === name),
  );
  const ahead = source.hoursAhead(namespace, name);
  const isKnown = ahead !== undefined && !isMissing(ahead);
  return {
    ...rowOf(source, namespace, target),
    asOf: source.now(),
    conditions: status?.conditions ?? [],
    ...(status?.accuracy === undefined ? {} : { accuracy: status.accuracy }),
    ...(status?.measuredLeadTimeSeconds === undefined
      ? {}
      : { measuredLeadTimeSeconds: status.measuredLeadTimeSeconds }),
    statedLeadTimeSeconds: spec.leadTimeSeconds,
    learned: describeLearned(target, source.now()),
    ...(demand?.latenessSeconds === undefined ? {} : { demandLatenessSeconds: demand.latenessSeconds }),
    otherWriters: observed?.autoscalers.flatMap(({ otherWriters }) => otherWriters) ?? [],
    because: planned?.because ?? [],
    ...(newest === undefined || planned === undefined ? {} : { becauseAt: newest.plan.now }),
    ...lastChangeOf(status),
    plans: nextPlans(plans, source.now()).flatMap(plan => explainPlan(plan, name) ?? []),
    recent: demandColumns({ forecast: curvePoints(isKnown ? ahead : undefined), timeline: [], recent: demand?.recent }),
    ...(isKnown ? {} : { aheadMissing: ahead?.missing ?? (newest === undefined ? notLeading : 'it is being made') }),
    sales: plans.map(({ metadata }) => metadata.name),
  };
}

const mostExplained = 5;

/** The plans without a review whose sales run or come next, by start; then those that are over. */
function nextPlans(plans: readonly SalePlan[], now: number): readonly SalePlan[] {
  const timed = plans
    .filter(({ status }) => status?.review === undefined)
    .map(plan => {
      const { startTime, endTime } = plannedTimes(plan);
      return { plan, start: parseInstant(startTime), isOver: parseInstant(endTime) <= now };
    });
  return timed
    .sort((a, b) => Number(a.isOver) - Number(b.isOver) || a.start - b.start)
    .slice(0, mostExplained)
    .map(({ plan }) => plan);
}

const notLeading = 'this replica does not lead, or has not reconciled the namespace yet';

function lastChangeOf(status: ScalingTargetStatus | undefined): Pick<ServiceView, 'lastChange'> {
  const { at, because = [] } = status?.lastChange ?? {};
  return at === undefined ? {} : { lastChange: { at: parseInstant(at), because } };
}

function rowOf(source: PageSource, namespace: string, { metadata, spec, status }: ScalingTarget): ServiceRow {
  const newest = source.newest(namespace);
  const observed = newest?.observation.targets.find(one => one.target.metadata.name === metadata.name);
  const planned = newest?.plan.targets.find(({ target }) => target === metadata.name);
  const demand =
    observed === undefined || isMissing(observed.demand)
      ? undefined
      : observed.demand.recent.values.findLast(value => value !== null);
  const conditions = status?.conditions ?? [];
  const ready = conditions.find(({ type }) => type === 'Ready');
  const [floor, bounds] = [planned?.floor ?? status?.floor, planned?.bounds ?? status?.bounds];
  const told = ready?.status === 'False' ? ready : conditions.find(({ type }) => type === 'BoundsInForce');
  return {
    namespace,
    target: metadata.name,
    tier: spec.tier,
    mode: spec.mode,
    isEntryPoint: spec.entryPoint,
    ...(demand === undefined ? {} : { demand }),
    ...(bounds === undefined ? {} : { bounds }),
    ...(floor === undefined ? {} : { floor }),
    ceiling: spec.ceiling,
    ...(observed === undefined || isMissing(observed.workload) ? {} : { ready: observed.workload.readyReplicas }),
    ...(ready === undefined ? {} : { isReady: ready.status === 'True' }),
    sentence: told?.message ?? 'Nothing has been said of it yet: is the operator running?',
  };
}
