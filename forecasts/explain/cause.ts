import type { EventPartKind, PartKind } from '../explanation.ts';

/** A part of the base, a part of an event, an event that came or went, its statement, or data that stopped coming. */
export type CauseKind =
  | Exclude<PartKind, 'event'>
  | Exclude<EventPartKind, 'prior'>
  | 'newEvent'
  | 'lostEvent'
  | 'staleData';

/** One of the causes of a change between two forecasts. */
export interface Cause {
  readonly kind: CauseKind;
  /** The event's id, where the cause lies in one. */
  readonly event?: string;
  /** In the history's unit. */
  readonly change: number;
  /** The same, in per cent as the whole change is. */
  readonly changePercent: number;
  readonly sentence: string;
}
