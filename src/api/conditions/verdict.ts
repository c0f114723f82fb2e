/** Verdicts on the capacity of a sale, from the best to the worst. */
export const verdicts = ['Go', 'NotDue', 'AtRisk', 'NoGo'] as const;

/** Verdict on the capacity of a sale. */
export type Verdict = (typeof verdicts)[number];

/** Returns the worse of two verdicts. */
export function worseVerdict(one: Verdict, other: Verdict): Verdict {
  return verdicts.indexOf(one) < verdicts.indexOf(other) ? other : one;
}

/** Returns true for a text that is a verdict. */
export function isVerdict(text: string | undefined): text is Verdict {
  return verdicts.some(verdict => verdict === text);
}

/** Whether a condition of a sale counts in its verdict. */
export function isJudged(type: string): boolean {
  return type === 'Feasible' || type === 'CapacityReady';
}
