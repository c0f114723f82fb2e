import type { ReasonStep } from '../../../api/sale-plan.ts';
import type { ScalingTargetSpec } from '../../../api/scaling-target.ts';

/** A step of an explanation whose sentence is written only when somebody reads it. */
export interface ReplicaStep extends Omit<ReasonStep, 'message'> {
  readonly message: () => string;
}

/** One need of a target: demand to be served, or a number of replicas outright. */
export interface ReplicaNeed {
  /** The reason of the floor, should this need decide it. */
  readonly reason: 'SaleAhead' | 'SaleRunning' | 'OrdinaryPeak' | 'NoDemand';
  /** Requests per second; absent where replicas are asked for outright. */
  readonly demand?: number;
  /** Replicas; 0 where demand is stated, until a rule turns it into replicas. */
  readonly replicas: number;
  readonly steps: readonly ReplicaStep[];
}

/** Replicas that hold although less is needed. */
export interface Hold {
  readonly replicas: number;
  /** Why they hold, in words, while so many are wanted. */
  readonly message: (wanted: number) => string;
}

/** What goes into the chain for one target. */
export interface TargetNeeds {
  /** At least one; the highest counts. */
  readonly needs: readonly ReplicaNeed[];
  readonly hold?: Hold;
}

/** The most that one target may be given, and who says so. */
export interface Cap {
  readonly replicas: number;
  readonly name: 'Ceiling' | 'PolicyReplicasPerTarget' | 'SettingsReplicasPerTarget';
  /** How people know the limit. */
  readonly field: string;
}

/** The most that all targets of the namespace may be given together, and who says so. */
export interface NamespaceTotal {
  readonly replicas: number;
  /** How people know the limit. */
  readonly field: string;
}

/** The numbers of one target on their way through the chain. */
export interface TargetReplicas extends TargetNeeds {
  /** The need that decides; absent until one is chosen. */
  readonly decisive?: ReplicaNeed;
  /** Replicas before any cut. */
  readonly needed: number;
  /** Replicas after all rules so far. */
  readonly replicas: number;
  /** What the rules did since the decisive need was chosen. */
  readonly steps: readonly ReplicaStep[];
  /** The cap that binds; absent when none does. */
  readonly boundBy?: Cap;
  /** The namespace's total, where it binds. */
  readonly sharedBy?: NamespaceTotal;
}

/** The numbers of all targets that need something, by target name. */
export type NamespaceReplicas = ReadonlyMap<string, TargetReplicas>;

/** What the rules may know of one target besides its numbers. */
export interface ReplicaTarget {
  readonly spec: ScalingTargetSpec;
  readonly sizing: Sizing;
  /** The strictest cap on the target. */
  readonly cap: Cap;
  /** Replicas that it counts for in the namespace's total whatever is decided. */
  readonly standing: number;
  /** Whether its replicas may become a raise; where not, it keeps what stands and wants no more. */
  readonly mayRaise: boolean;
}

/** How a target turns demand into replicas. */
export interface Sizing {
  /** Demand is multiplied by it; ≥ 1. */
  readonly headroomRatio: number;
  /** Requests per second that one ready replica serves within its objective. */
  readonly capacity: number;
}

/** The cuts that count in one run of the chain. */
export interface RunLimits {
  /** Whether caps do not count either, because nothing is raised. @default false */
  readonly isUncapped?: boolean;
  /** The total to be shared out; absent where only what is due later is looked at. */
  readonly total?: NamespaceTotal;
  /** What an earlier run left to each target; this run stays within it, so that cuts which all targets share are made once. */
  readonly within?: ReadonlyMap<string, Pick<TargetReplicas, 'replicas'>>;
}

export interface ReplicaContext extends RunLimits {
  /** All targets of the namespace by name, those without a need, too. */
  readonly targets: ReadonlyMap<string, ReplicaTarget>;
}

/**
 * One planning rule between need and replicas: all targets' numbers in, all targets' numbers out, each with the steps that
 * explain what the rule did. A number that it leaves alone is the same object afterwards.
 */
export type ReplicaRule = (numbers: NamespaceReplicas, context: ReplicaContext) => NamespaceReplicas;

/** The numbers after a rule that looks at each target alone. */
export function mapReplicas(
  numbers: NamespaceReplicas,
  { targets }: ReplicaContext,
  change: (numbers: TargetReplicas, target: ReplicaTarget, name: string) => TargetReplicas,
): NamespaceReplicas {
  let changed: Map<string, TargetReplicas> | undefined;
  let same = 0;
  for (const [name, before] of numbers) {
    const target = targets.get(name);
    const after = target === undefined ? before : change(before, target, name);
    if (after === before && changed === undefined) same += 1;
    else changed = (changed ?? new Map(numbers.entries().take(same))).set(name, after);
  }
  return changed ?? numbers;
}

/** What a rule makes of one demand: the demand (requests per second) and its replicas from then on, and the step that says so. */
interface SizedDemand {
  readonly demand: number;
  readonly replicas: number;
  readonly step: ReplicaStep;
}

/** The numbers after a rule that looks at each demand alone (requests per second); replicas asked for outright stay. */
export function mapDemands(
  numbers: NamespaceReplicas,
  context: ReplicaContext,
  change: (demand: number, target: ReplicaTarget) => SizedDemand,
): NamespaceReplicas {
  return mapReplicas(numbers, context, (before, target) => {
    const needs = before.needs.map((need): ReplicaNeed => {
      if (need.demand === undefined) return need;
      const { demand, replicas, step } = change(need.demand, target);
      return { reason: need.reason, demand, replicas, steps: [...need.steps, step] };
    });
    return { ...before, needs };
  });
}

/** The steps with their sentences. */
export function explainSteps(steps: readonly ReplicaStep[]): readonly ReasonStep[] {
  return steps.map(({ rule, value, unit, message }) => ({ rule, value, unit, message: message() }));
}
