import type { FindingCondition, FindingReason } from '../api/conditions/finding-reasons.ts';

/** One reason for which a sale may go short, and what ends it. */
export type SaleFinding = FeasibleFinding | CapacityFinding;

interface FindingOf<C extends FindingCondition> {
  /** Condition of the FlashSale that tells it. */
  readonly condition: C;
  readonly reason: FindingReason<C>;
  /** Verdict on the sale while nothing else is found: `NoGo` where what it needs cannot come. */
  readonly verdict: 'AtRisk' | 'NoGo';
  /** Sentence with the names and numbers. */
  readonly message: string;
  /** Sentence with the cheapest mend; absent where the message has it. */
  readonly mend?: string;
}

/** Finding about what stands in the way of a sale since it is known. */
export type FeasibleFinding = FindingOf<'Feasible'>;

/** Finding about what a sale lacks from prescaleTime on. */
export type CapacityFinding = FindingOf<'CapacityReady'>;

/** Builds a finding of `CapacityReady`. */
export function incapable(finding: Omit<CapacityFinding, 'condition'>): CapacityFinding {
  return { condition: 'CapacityReady', ...finding };
}

/** Builds a finding of `Feasible`. */
export function infeasible(finding: Omit<FeasibleFinding, 'condition'>): FeasibleFinding {
  return { condition: 'Feasible', ...finding };
}
