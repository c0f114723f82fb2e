/** Kinds whose status has conditions of Headstart. */
export const conditionedKinds = ['FlashSale', 'ScalingTarget', 'ScalingPolicy', 'SalePlan'] as const;

export type ConditionedKind = (typeof conditionedKinds)[number];

/** Values of a condition's status. */
export type ConditionStatus = 'True' | 'False' | 'Unknown';

/** Fixed properties of one type of condition. */
export interface ConditionEntry {
  /** The question that the condition answers. */
  readonly question: string;
  /** Status that needs no attention. */
  readonly good: 'True' | 'False';
  /** Type of the Event when the status leaves the good one; the return is always Normal. `None`: never an Event. */
  readonly event: 'None' | 'Normal' | 'Warning';
  /** Whether a new reason of a bad status is an Event too. @default false */
  readonly tellsReasons?: true;
  /** Types that it is derived from: it repeats their reasons on objects that have them. @default none */
  readonly follows?: readonly string[];
  /** Its own reasons, by the kinds that have the condition and by the status that they explain. */
  readonly reasons: Readonly<Partial<Record<ConditionedKind, Readonly<Partial<Record<ConditionStatus, Reasons>>>>>>;
}

type Reasons = readonly [string, ...(readonly string[])];

/** Entries of the catalogue, by type. */
export type ConditionEntries = Readonly<Record<string, ConditionEntry>>;
