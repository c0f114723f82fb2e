import { defaultPolicySpec } from '../../../../src/api/scaling-policy.ts';
import type { ScalingTargetSpec } from '../../../../src/api/scaling-target.ts';
import { sizingOf } from '../../../../src/plan/floor/replicas/divide-by-capacity.ts';
import { capOf } from '../../../../src/plan/floor/replicas/limit-to-cap.ts';
import type {
  NamespaceReplicas,
  ReplicaContext,
  ReplicaRule,
  ReplicaStep,
  ReplicaTarget,
  RunLimits,
  TargetReplicas,
} from '../../../../src/plan/floor/replicas/replica-rule.ts';
import { deepFreeze } from '../../../support/deep-freeze.ts';
import { targetSpec } from '../../../support/shop/made-up-scaler.ts';

export interface GivenNumber {
  /** Requests per second. */
  readonly demand?: number;
  readonly replicas?: number;
  readonly hold?: number;
  readonly spec?: Partial<ScalingTargetSpec>;
  /** Replicas. @default the ceiling */
  readonly cap?: number;
  /** @default the baseline */
  readonly standing?: number;
  /** @default the baseline */
  readonly kept?: number;
  /** @default true */
  readonly mayRaise?: boolean;
}

export const limits = {
  replicasPerTarget: 1000,
  replicasPerNamespace: 10_000,
  surgeRoomPercent: 50,
  tickSeconds: 15,
  staleAfterSeconds: 300,
  writesPerSecond: 20,
};

/** The numbers that come out of some rules alone, for targets given by name. */
export function runRules(
  rules: readonly ReplicaRule[],
  given: Readonly<Record<string, GivenNumber>>,
  runLimits: RunLimits & Pick<ReplicaContext, 'limits'> = {},
): NamespaceReplicas {
  const entries = Object.entries(given);
  const context = { targets: new Map(entries.map(([name, one]) => [name, targetOf(one)])), ...runLimits };
  const numbers = new Map(entries.map(([name, one]) => [name, deepFreeze(numbersOf(one))]));
  return rules.reduce<NamespaceReplicas>((sofar, rule) => rule(sofar, context), numbers);
}

/** An instant at which nothing that was learned has aged. */
const anyTime = 0;

function targetOf({ spec: given, cap: most, standing, kept, mayRaise = true }: GivenNumber): ReplicaTarget {
  const spec = targetSpec(given);
  const strictest = capOf(spec, defaultPolicySpec(), limits);
  const cap = { ...strictest, replicas: most ?? strictest.replicas };
  const { minReplicas } = spec.baseline;
  const stands = { standing: standing ?? minReplicas, kept: kept ?? minReplicas, raised: standing ?? minReplicas };
  return { spec, sizing: sizingOf({ spec }, anyTime), cap, ...stands, mayRaise };
}

function numbersOf({ demand, replicas = 0, hold }: GivenNumber): TargetReplicas {
  const need = { reason: 'SaleAhead' as const, replicas, steps: [], asker: () => ({ demand: 'demand' }) };
  return {
    needs: [demand === undefined ? need : { ...need, demand }],
    ...(hold === undefined
      ? {}
      : {
          hold: { replicas: hold, explain: wanted => (hold > wanted ? [holdStep(hold, wanted)] : []) },
          decisive: need,
        }),
    needed: replicas,
    replicas,
    steps: [],
  };
}

function holdStep(hold: number, wanted: number): ReplicaStep {
  return {
    rule: 'hold',
    value: Math.max(hold, wanted),
    unit: 'replicas',
    message: () => `${hold} hold, ${wanted} wanted`,
  };
}
