import type { DemandOptions, FittedDemand } from './demand.ts';
import type { MemberShare } from './member-share.ts';
import type { FitContext } from './model.ts';
import type { Season } from './seasons/find-seasons.ts';
import type { Series } from './series/series.ts';

/** A `FitDemand` whose forecasts can say what they are made of. */
export type FitExplainableDemand = (history: Series, context: FitContext) => ExplainableDemand;

/** A demand forecast that can also say what it is made of. */
export interface ExplainableDemand extends FittedDemand {
  /** Works out what `predict` would be made of; costs nothing until asked. @throws RangeError as `predict` does */
  explain(options: ExplainOptions): Explanation;
}

export interface ExplainOptions extends DemandOptions {
  /** Epoch ms, inside the steps asked for. @default the step with the highest demand */
  readonly at?: number;
}

/** What the forecast of one step is made of. */
export interface Explanation {
  /** Epoch ms of the end of the newest data it was made from. */
  readonly origin: number;
  /** Epoch ms of the beginning of the explained step. */
  readonly at: number;
  readonly stepSeconds: number;
  /** What is expected in it, in the history's unit (requests a second). */
  readonly point: number;
  /** `log`: amounts are logarithms of factors; `raw`: they are in the history's unit. */
  readonly scale: 'log' | 'raw';
  /** What is added to a value before its logarithm is taken, in the history's unit; 0 on the raw scale. */
  readonly offset: number;
  /** In the order in which they are put together. Their amounts sum to the point on the model's scale. */
  readonly parts: readonly Part[];
  /** The models behind the base, weightiest first, their weights summing to 1; empty where there is but one. */
  readonly members: readonly MemberShare[];
  /** One an event that is felt in the step. */
  readonly events: readonly EventExplanation[];
  /** What the history was found to repeat, sales left out; the evidence for day profile and week. */
  readonly seasons: readonly Season[];
  /** What was used and why, in a sentence, as the forecast says it. */
  readonly basis: string;
}

/**
 * `level` is where demand stood over the last day, `lastHour` what the last hour did otherwise, `dayProfile` what this time
 * of day is worth, `week` what this day of the week is, `models` what the ensemble's members see beside these, `event` a sale.
 */
export type PartKind = 'level' | 'lastHour' | 'dayProfile' | 'week' | 'models' | 'event';

export interface Part {
  readonly kind: PartKind;
  /** The event's id, where `kind` is `event`. */
  readonly event?: string;
  /** On the model's scale. */
  readonly amount: number;
  /** With this part and all before it, in the history's unit. */
  readonly runningTotal: number;
}

/**
 * `prior` is what is assumed of any sale and of its statement, `pastSales` what past ones showed, `lastMinutes` what the
 * minutes before the start showed, `drift` by how much sales have updated of late, `correction` how far the running sale is
 * off its curve, `rest` what the base already holds of it, meets of other sales, or lets fade away.
 */
export type EventPartKind = 'prior' | 'pastSales' | 'lastMinutes' | 'drift' | 'correction' | 'rest';

export interface EventExplanation {
  readonly event: string;
  /** Epoch ms. */
  readonly start: number;
  /** On the model's scale, the same as the event's part. */
  readonly amount: number;
  /** What it adds, in the history's unit. */
  readonly extra: number;
  /** Their amounts sum to the event's. */
  readonly parts: readonly { readonly kind: EventPartKind; readonly amount: number }[];
  /** Those that taught, the largest share first. */
  readonly pastSales: readonly PastSale[];
  /** What of it no past one showed, in words that follow "none", as its forecast names it. */
  readonly unseen: readonly string[];
  /** Absent where nothing is stated. */
  readonly statement?: Statement;
}

export interface PastSale {
  readonly event: string;
  /** How much alike the two are, 0–1, age aside. */
  readonly likeness: number;
  /** How much of what it showed goes into the forecast; mostly 0–1, below 0 where a contrast was learned. */
  readonly share: number;
  /** What it showed at this moment of its own over the level known as long before, on the model's scale. */
  readonly uplift: number;
}

export interface Statement {
  readonly peakRatio: number;
  /** How far the forecast of this step follows it, mostly 0–1: one per cent more stated gives `trust` per cent more demand. */
  readonly trust: number;
  /** By how much it moves the forecast of this step beside the one without any statement, on the model's scale. */
  readonly moved: number;
}
