/** What is fixed about a rule of the plan. */
interface PlanningRuleEntry {
  /** Whether its steps are recorded in a SalePlan too, not only in the plan of the tick. */
  readonly inSalePlan: boolean;
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
    meaning: "A target's own past sales and its callers disagree about the extra demand: the larger counts.",
  },
  forecast: { inSalePlan: true, meaning: 'The highest P95 of demand in the window.' },
  headroom: { inSalePlan: true, meaning: "The same with the target's headroom." },
  replicas: { inSalePlan: true, meaning: 'The replicas that serve it.' },
  record: {
    inSalePlan: true,
    meaning: 'What stands in for a forecast that is missing: the SalePlan, a guess or the baseline.',
  },
  hold: { inSalePlan: false, meaning: 'The live floor stays, or goes down only so far.' },
  limit: { inSalePlan: true, meaning: "A ceiling, a cap or the namespace's total allows less." },
  mode: { inSalePlan: false, meaning: 'What would be in force in mode Apply.' },
  bounds: { inSalePlan: false, meaning: 'The bounds, or the replicas, that follow from the floor.' },
  restore: { inSalePlan: false, meaning: 'What goes back to the baseline, or what the restore waits for.' },
} as const satisfies Readonly<Record<string, PlanningRuleEntry>>;

/** A rule that a step of an explanation names. */
export type PlanningRule = keyof typeof planningRules;
