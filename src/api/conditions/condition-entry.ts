/** The kinds whose status carries conditions of ours. */
export const conditionedKinds = ['FlashSale', 'ScalingTarget', 'ScalingPolicy', 'SalePlan'] as const;

export type ConditionedKind = (typeof conditionedKinds)[number];

/** The three answers of a condition. */
export type ConditionStatus = 'True' | 'False' | 'Unknown';

/** What is fixed about one type of condition. */
export interface ConditionEntry {
  /** The question that the condition answers. */
  readonly question: string;
  /** The status that needs nobody's attention. */
  readonly good: 'True' | 'False';
  /** The type of the Event when the status is no longer the good one; when it is again, Normal. `None`: never an Event. */
  readonly event: 'None' | 'Normal' | 'Warning';
  /** Types whose reasons it repeats where the object has them, because it follows from them. @default none */
  readonly follows?: readonly string[];
  /** Its own reasons, by the kinds that have the condition and by the status that they explain. */
  readonly reasons: Readonly<Partial<Record<ConditionedKind, Readonly<Partial<Record<ConditionStatus, Reasons>>>>>>;
}

type Reasons = readonly [string, ...(readonly string[])];

/** A table of entries, by type. */
export type ConditionEntries = Readonly<Record<string, ConditionEntry>>;
