import type { Observation } from '../../../observe/observation.ts';
import {
  keptReplicas,
  mayRaise,
  raisedReplicas,
  standingReplicas,
  type TargetStanding,
} from '../../accept/target-standing.ts';
import { addHeadroom } from './add-headroom.ts';
import { begunSales } from './begun-sales.ts';
import { climbRamp } from './climb-ramp.ts';
import { crashGuard } from './crash-guard.ts';
import { divideByCapacity, sizingOf } from './divide-by-capacity.ts';
import { holdFailing } from './hold-failing.ts';
import { holdLive } from './hold-live.ts';
import { keepLimits } from './keep-limits.ts';
import { keepTotal } from './keep-total.ts';
import { keepWithin } from './keep-within.ts';
import { limitToApproval } from './limit-to-approval.ts';
import { capOf, limitToCap } from './limit-to-cap.ts';
import type {
  NamespaceReplicas,
  ReplicaContext,
  ReplicaRule,
  ReplicaTarget,
  RunLimits,
  TargetNeeds,
  TargetReplicas,
} from './replica-rule.ts';
import type { SharedLimit } from './shared-limit.ts';
import { sharedLimits } from './shared-limits.ts';
import { takeHighest } from './take-highest.ts';

/** Rules that can only lower a number, strictest last: a new cap or limit is one line here. */
export const replicaCuts: readonly ReplicaRule[] = [
  limitToCap,
  limitToApproval,
  keepWithin,
  keepLimits,
  keepTotal,
  holdFailing,
  climbRamp,
];

/**
 * All rules from need to replicas, in order of application. A rule that rounds to a quantum comes last: it rounds up,
 * applies `replicaCuts` to all numbers again, and rounds down where they left less; so every cut holds with the
 * quantum.
 */
export const replicaRules: readonly ReplicaRule[] = [
  addHeadroom,
  divideByCapacity,
  takeHighest,
  holdLive,
  ...replicaCuts,
];

/** Converts needs to replicas for all targets of a namespace at once; there is no other way to do so. */
export interface ReplicaChain {
  readonly targets: ReadonlyMap<string, ReplicaTarget>;
  /** Limits that the targets share, by name. */
  readonly limits: readonly SharedLimit[];
  /**
   * Computes replicas for needs that are due at the same time, by target name; a target without a need has no entry.
   */
  readonly run: (needs: ReadonlyMap<string, TargetNeeds>, limits?: RunLimits) => NamespaceReplicas;
}

/** Builds the chain of one namespace from the given rules. */
export function replicaChain(
  standings: readonly TargetStanding[],
  observation: Pick<Observation, 'policy' | 'limits' | 'now' | 'salePlans'>,
  rules: readonly ReplicaRule[] = replicaRules,
): ReplicaChain {
  const { policy, limits, now } = observation;
  const begun = begunSales(observation);
  const targets = new Map(
    standings.map((standing): [string, ReplicaTarget] => {
      const { spec } = standing.observed.target;
      const guard = crashGuard(standing, observation);
      return [
        standing.name,
        {
          spec,
          sizing: sizingOf(standing.observed.target, now, begun.get(standing.name)),
          cap: capOf(spec, policy, limits),
          standing: standingReplicas(standing),
          kept: keptReplicas(standing),
          raised: raisedReplicas(standing),
          mayRaise: mayRaise(standing),
          ...(guard === undefined ? {} : { guard }),
        },
      ];
    }),
  );
  const shared = sharedLimits(
    standings.map(({ observed }) => observed),
    policy,
  );
  return {
    targets,
    limits: shared,
    run: (needs, runLimits) => {
      const context: ReplicaContext = { targets, limits: shared, ...runLimits };
      const unsized = new Map<string, TargetReplicas>();
      needs.forEach((need, name) => {
        unsized.set(name, { ...need, needed: 0, replicas: 0, steps: [] });
      });
      return rules.reduce<NamespaceReplicas>((numbers, rule) => rule(numbers, context), unsized);
    },
  };
}
