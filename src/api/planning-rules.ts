/** Fixed properties of a planning rule. */
interface PlanningRuleEntry {
  /** Whether its steps are also recorded in a SalePlan, not only in the plan of the tick. */
  readonly inSalePlan: boolean;
  /** Whether it decides bounds; the steps of other rules are inputs to that decision. */
  readonly decides: boolean;
  /** Meaning of its step, in one sentence. */
  readonly meaning: string;
}

/**
 * Every rule that a step of an explanation (`because`) may name, in the order of the steps. crds/saleplans.yaml and
 * docs/conditions.md list them; test/api/planning-rules.test.ts checks that this table and the plans in test/cases name
 * the same rules.
 */
export const planningRules = {
  fanOut: {
    inSalePlan: true,
    decides: false,
    meaning: "A target's own past sales and its callers disagree about the extra demand: the larger counts.",
  },
  callRatio: {
    inSalePlan: true,
    decides: false,
    meaning:
      'Measured calls of a caller differ from what its `calls` state: by what past sales or ordinary hours count instead.',
  },
  quantile: {
    inSalePlan: true,
    decides: false,
    meaning: "The quantile that the policy's cost and the target's tier choose, and the prices.",
  },
  forecast: {
    inSalePlan: true,
    decides: false,
    meaning: 'The highest P95 of demand in the window, or the quantile that `spec.cost` chooses.',
  },
  minimum: {
    inSalePlan: true,
    decides: false,
    meaning: 'The least demand that the sale asks capacity for, whatever is forecast.',
  },
  emergency: {
    inSalePlan: false,
    decides: true,
    meaning: 'An emergency asks for the highest allowed bounds, or ends every raise; who asked, until when and why.',
  },
  soldOut: {
    inSalePlan: false,
    decides: false,
    meaning: 'The sale is sold out: the demand of the newest minutes counts instead of its forecast.',
  },
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
    meaning:
      'What stands in where no forecast was ever made or the capacity of a replica is not known: what serves ordinary load × the peak.',
  },
  raise: { inSalePlan: true, decides: true, meaning: 'The floor rises to what is needed, and what needs it.' },
  keep: { inSalePlan: false, decides: true, meaning: 'The floor that stands is what is needed.' },
  sink: {
    inSalePlan: true,
    decides: true,
    meaning: 'The floor sinks: which peak is over, how old demand is, what the rest needs.',
  },
  daily: {
    inSalePlan: true,
    decides: false,
    meaning: 'What would be lacking at the next peak of a sale held daily if the operator stopped between two peaks.',
  },
  rampDown: {
    inSalePlan: false,
    decides: true,
    meaning: "The floor sinks no further at once than the policy's rampDown allows.",
  },
  hold: { inSalePlan: false, decides: true, meaning: 'The live floor stays although less is needed, and why.' },
  rampUp: {
    inSalePlan: false,
    decides: true,
    meaning: "The part of the raise that the target's rampUp gives by now.",
  },
  guard: {
    inSalePlan: false,
    decides: true,
    meaning: 'The floor is not raised further, because the pods that were added fail.',
  },
  limit: { inSalePlan: true, decides: true, meaning: "A ceiling, a cap or the namespace's total allows less." },
  sharedLimit: {
    inSalePlan: true,
    decides: true,
    meaning: 'A limit that targets share, such as connections of a database, leaves less.',
  },
  approval: {
    inSalePlan: false,
    decides: true,
    meaning: 'More waits for an approval, or is not approved any more; so much is approved or needs none.',
  },
  mode: { inSalePlan: false, decides: false, meaning: 'What would be in force in mode Apply.' },
  putBack: { inSalePlan: false, decides: true, meaning: 'Somebody put the bounds back, and who.' },
  pause: { inSalePlan: false, decides: true, meaning: 'A pause keeps bounds from being written.' },
  surgeRoom: {
    inSalePlan: true,
    decides: false,
    meaning: 'What a shared limit leaves to the maximum above the floors of all its targets.',
  },
  room: {
    inSalePlan: true,
    decides: false,
    meaning: 'The room on nodes that placeholder pods keep for what the sale adds, and since when.',
  },
  bounds: { inSalePlan: false, decides: false, meaning: 'The bounds, or the replicas, that follow from the floor.' },
  restore: {
    inSalePlan: true,
    decides: true,
    meaning: 'What goes back to the baseline, or what the restore waits for.',
  },
} as const satisfies Readonly<Record<string, PlanningRuleEntry>>;

/** Name of a rule in a step of an explanation. */
export type PlanningRule = keyof typeof planningRules;

/** Whether a rule decides bounds; false for rules that only other releases have. */
export function decidesBounds(rule: string): boolean {
  return Object.hasOwn(planningRules, rule) && planningRules[rule as PlanningRule].decides;
}
