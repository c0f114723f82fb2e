import type { ReasonStep } from '../../../api/sale-plan.ts';
import type { ScalingTargetSpec } from '../../../api/scaling-target.ts';
import type { CapacityInUse } from '../../../learn/capacity/capacity-in-use.ts';
import type { FailingPods } from './failing-pods.ts';
import type { SharedLimit } from './shared-limit.ts';

/** A step of an explanation whose message is built only when it is read. */
export interface ReplicaStep extends Omit<ReasonStep, 'message'> {
  readonly message: () => string;
}

/** One need of a target: demand to serve, or a fixed number of replicas. */
export interface ReplicaNeed {
  /** The reason of the floor if this need decides it. */
  readonly reason: 'SaleAhead' | 'SaleRunning' | 'OrdinaryPeak' | 'NoDemand' | 'Emergency';
  /** Requests per second; absent where a fixed number of replicas is needed. */
  readonly demand?: number;
  /** Replicas; 0 where demand is stated, until a rule turns it into replicas. */
  readonly replicas: number;
  readonly steps: readonly ReplicaStep[];
  /** Built only when it is read; absent where only numbers are needed. */
  readonly asker?: () => Asker;
  /** When it was computed and when all of it is due, epoch ms; absent where the target has no ramp. */
  readonly ramp?: { readonly now: number; readonly fullAt: number };
}

/** What needs a floor, in words. */
export interface Asker {
  /** The sale and its hours; absent for an ordinary day. */
  readonly sale?: string;
  /** The demand that sizes the floor, or what replaces it. */
  readonly demand: string;
}

/** Replicas that stay although less is needed, and the explanation of the result. */
export interface Hold {
  /** Replicas; 0 where nothing is held yet. */
  readonly replicas: number;
  /**
   * Replicas that stay once nothing approves them: all while the demand is in doubt, else what the policy's pace leaves.
   * @default 0
   */
  readonly unapproved?: number;
  /** Whether an emergency that is over may have raised it, so that it was never approved. @default false */
  readonly isOfCeiling?: boolean;
  /** The steps that explain the result for the `wanted` replicas of `asker`. */
  readonly explain: (wanted: number, asker: () => Asker) => readonly ReplicaStep[];
}

/** Input of the chain for one target. */
export interface TargetNeeds {
  /** At least one; the highest counts. */
  readonly needs: readonly ReplicaNeed[];
  readonly hold?: Hold;
}

/** The most replicas that one target may be given, and what sets the limit. */
export interface Cap {
  readonly replicas: number;
  readonly name: 'Ceiling' | 'PolicyReplicasPerTarget' | 'SettingsReplicasPerTarget';
  /** Name of the limit for people. */
  readonly field: string;
}

/** The most replicas that all targets of the namespace may be given together, and what sets the limit. */
export interface NamespaceTotal {
  readonly replicas: number;
  /** Name of the limit for people. */
  readonly field: string;
}

/** The numbers of one target as they pass through the chain. */
export interface TargetReplicas extends TargetNeeds {
  /** The need that decides; absent until one is chosen. */
  readonly decisive?: ReplicaNeed;
  /** Replicas before any cut. */
  readonly needed: number;
  /** Replicas after all rules so far. */
  readonly replicas: number;
  /** Steps of the rules since the decisive need was chosen. */
  readonly steps: readonly ReplicaStep[];
  /** The cap that binds; absent when none binds. */
  readonly boundBy?: Cap;
  /** The shared limit that binds most, and the replicas before it was applied; absent when none binds. */
  readonly limitedBy?: { readonly limit: SharedLimit; readonly from: number };
  /** The namespace's total, where it binds. */
  readonly sharedBy?: NamespaceTotal;
  /** The guard that keeps it from rising; absent where none binds. */
  readonly guardedBy?: FailingPods;
}

/** The numbers of all targets with a need, by target name. */
export type NamespaceReplicas = ReadonlyMap<string, TargetReplicas>;

/** Facts about one target that rules may use in addition to its numbers. */
export interface ReplicaTarget {
  readonly spec: ScalingTargetSpec;
  readonly sizing: Sizing;
  /** The strictest cap on the target. */
  readonly cap: Cap;
  /** Replicas that it counts for in the namespace's total whatever is decided. */
  readonly standing: number;
  /** Replicas that it keeps although it is raised to less: the minimum of another writer, and at least the baseline. */
  readonly kept: number;
  /** Replicas to which we have raised it, and at least the baseline. */
  readonly raised: number;
  /** Whether its replicas may become a raise; if not, it keeps its live replicas and needs no more. */
  readonly mayRaise: boolean;
  /** Present while its added pods fail. */
  readonly guard?: FailingPods;
}

/** Factors that turn a target's demand into replicas. */
export interface Sizing {
  /** Factor on demand; ≥ 1. */
  readonly headroomRatio: number;
  readonly capacity: CapacityInUse;
}

/** What of a target's replicas is approved or needs no approval. */
export interface ApprovalLimit {
  readonly replicas: number;
  /** The highest bound that is approved, in replicas; absent where none is stated. */
  readonly highestBound?: number;
  /** Whether more may stay where it stands already. */
  readonly holdsStanding: boolean;
  /** Why no more is raised, in words. */
  readonly why: string;
}

/** The cuts that apply in one run of the chain. */
export interface RunLimits {
  /** Whether only numbers are asked for, so that nothing explains what a demand was turned into. @default false */
  readonly isUnexplained?: boolean;
  /** Whether caps are ignored too, because nothing is raised. @default false */
  readonly isUncapped?: boolean;
  /** What is approved by target name; absent where no approval is asked for, or the whole plan is meant. */
  readonly approved?: ReadonlyMap<string, ApprovalLimit>;
  /** The total to share out; absent where only later needs are planned. */
  readonly total?: NamespaceTotal;
  /**
   * The most of that total that some targets may have, by name, because the others keep what they were granted before.
   */
  readonly granted?: ReadonlyMap<string, number>;
  /** The same for the shared limits, by the limit's name. */
  readonly grantedByLimit?: ReadonlyMap<string, ReadonlyMap<string, number>>;
  /** What an earlier run left to each target; this run stays within it, so that shared cuts are made only once. */
  readonly within?: ReadonlyMap<string, Pick<TargetReplicas, 'replicas'>>;
}

export interface ReplicaContext extends RunLimits {
  /** All targets of the namespace by name, including those without a need. */
  readonly targets: ReadonlyMap<string, ReplicaTarget>;
  /** Limits that the targets share, by name. @default none */
  readonly limits?: readonly SharedLimit[];
}

/**
 * One planning rule between need and replicas: takes and returns the numbers of all targets, each with the steps that
 * explain what the rule did. A number that it does not change is returned as the same object.
 */
export type ReplicaRule = (numbers: NamespaceReplicas, context: ReplicaContext) => NamespaceReplicas;

/** Applies a rule that considers each target alone. */
export function mapReplicas(
  numbers: NamespaceReplicas,
  { targets }: ReplicaContext,
  change: (numbers: TargetReplicas, target: ReplicaTarget, name: string) => TargetReplicas,
): NamespaceReplicas {
  let changed: Map<string, TargetReplicas> | undefined;
  let same = 0;
  numbers.forEach((before, name) => {
    const target = targets.get(name);
    const after = target === undefined ? before : change(before, target, name);
    if (after === before && changed === undefined) same += 1;
    else changed = (changed ?? new Map(numbers.entries().take(same))).set(name, after);
  });
  return changed ?? numbers;
}

/** Builds the messages of the steps. */
export function explainSteps(steps: readonly ReplicaStep[]): readonly ReasonStep[] {
  return steps.map(({ rule, value, unit, message }) => ({ rule, value, unit, message: message() }));
}
