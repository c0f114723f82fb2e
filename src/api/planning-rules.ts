/** What is fixed about a rule of the plan. */
interface PlanningRuleEntry {
  /** Whether its steps are recorded in a SalePlan too, not only in the plan of the tick. */
  readonly inSalePlan: boolean;
  /** Whether it decides about bounds; the other steps are the numbers that are decided by. */
  readonly decides: boolean;
  /** What its step tells, in one sentence. */
  readonly meaning: string;
}

/**
 * Every rule that a step of an explanation (`because`) may name, in the order of the steps. The description in
 * crds/saleplans.yaml and docs/conditions.md list them; test/api/planning-rules.test.ts compares them with the plans of
 * test/cases, both ways.
 */
export const planningRules = {
  fanOut: {
    inSalePlan: true,
    decides: false,
    meaning: "A target's own past sales and its callers disagree about the extra demand: the larger counts.",
  },
  forecast: { inSalePlan: true, decides: false, meaning: 'The highest P95 of demand in the window.' },
  headroom: { inSalePlan: true, decides: false, meaning: "The same with the target's headroom." },
  replicas: { inSalePlan: true, decides: false, meaning: 'The replicas that serve it.' },
  record: {
    inSalePlan: true,
    decides: false,
    meaning: 'What stands in for a forecast that is missing: the SalePlan, or the baseline.',
  },
  guess: {
    inSalePlan: true,
    decides: false,
    meaning: 'What stands in where no forecast was ever made: what serves ordinary load × the stated peak.',
  },
  raise: { inSalePlan: true, decides: true, meaning: 'The floor rises to what is needed, and what needs it.' },
  keep: { inSalePlan: false, decides: true, meaning: 'The floor that stands is what is needed.' },
  sink: {
    inSalePlan: true,
    decides: true,
    meaning: 'The floor sinks: which peak is over, how old demand is, what the rest needs.',
  },
  rampDown: {
    inSalePlan: false,
    decides: true,
    meaning: "The floor sinks no further at once than the policy's rampDown allows.",
  },
  hold: { inSalePlan: false, decides: true, meaning: 'The live floor stays although less is needed, and why.' },
  limit: { inSalePlan: true, decides: true, meaning: "A ceiling, a cap or the namespace's total allows less." },
  mode: { inSalePlan: false, decides: false, meaning: 'What would be in force in mode Apply.' },
  putBack: { inSalePlan: false, decides: true, meaning: 'Somebody put the bounds back, and who.' },
  pause: { inSalePlan: false, decides: true, meaning: 'A pause keeps bounds from being written.' },
  bounds: { inSalePlan: false, decides: false, meaning: 'The bounds, or the replicas, that follow from the floor.' },
  restore: {
    inSalePlan: true,
    decides: true,
    meaning: 'What goes back to the baseline, or what the restore waits for.',
  },
} as const satisfies Readonly<Record<string, PlanningRuleEntry>>;

/** A rule that a step of an explanation names. */
export type PlanningRule = keyof typeof planningRules;

/** Whether a rule decides about bounds; rules of other releases do not. */
export function decidesBounds(rule: string): boolean {
  return Object.hasOwn(planningRules, rule) && planningRules[rule as PlanningRule].decides;
}
