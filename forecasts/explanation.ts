import type { DemandOptions, FittedDemand } from './demand.ts';
import type { WidthShare } from './events/width-shares.ts';
import type { MemberShare } from './member-share.ts';
import type { FitContext } from './model.ts';
import type { Season } from './seasons/find-seasons.ts';
import type { Series } from './series/series.ts';

/** A `FitDemand` whose forecasts can be explained. */
export type FitExplainableDemand = (history: Series, context: FitContext) => ExplainableDemand;

/** A fitted demand forecaster that can also explain its forecasts. */
export interface ExplainableDemand extends FittedDemand {
  /**
   * Explains one step of the forecast that `predict` makes of the same options.
   * @throws RangeError as `predict` does
   */
  explain(options: ExplainOptions): Explanation;
}

export interface ExplainOptions extends DemandOptions {
  /** The step to explain, epoch ms, inside the forecast. @default the step with the highest demand */
  readonly at?: number;
}

/** Explanation of the forecast of one step. */
export interface Explanation {
  /** End of the newest data used, epoch ms. */
  readonly origin: number;
  /** Start of the explained step, epoch ms. */
  readonly at: number;
  readonly stepSeconds: number;
  /** Zone of the days and weekdays, and local time less UTC at the step, ms. */
  readonly timeZone: string;
  readonly offsetMs: number;
  /** The point forecast, in the history's unit (requests per second). */
  readonly point: number;
  /** The model's scale. `log`: amounts are logarithms of factors; `raw`: amounts are in the history's unit. */
  readonly scale: 'log' | 'raw';
  /** Constant added to a value before taking its logarithm, in the history's unit; 0 on the raw scale. */
  readonly offset: number;
  /** Parts in the order of their running totals. Their amounts sum to the point on the model's scale. */
  readonly parts: readonly ExplanationPart[];
  /** The base's models by descending weight; the weights sum to 1. Empty when the base is a single model. */
  readonly members: readonly MemberShare[];
  /** One explanation per event that adds demand in the step. */
  readonly events: readonly EventExplanation[];
  /** Seasons found in the history without its sales: the evidence for the day profile and the week. */
  readonly seasons: readonly Season[];
  /** What makes the highest level that was asked for differ from the point; absent where none was. */
  readonly width?: Width;
  /** The data and models used, in a sentence: the forecast's `basis`. */
  readonly basis: string;
}

/**
 * `level`: level of the last day; `lastHour`: difference of the last hour's level to it; `dayProfile`: effect of the
 * time of day; `week`: effect of the day of the week; `holiday`: what a day of the calendar changes; `models`: what the ensemble's members add to these; `event`: a
 * sale.
 */
export type PartKind = 'level' | 'lastHour' | 'dayProfile' | 'week' | 'holiday' | 'models' | 'event';

/** One part of the forecast of a step. */
export interface ExplanationPart {
  readonly kind: PartKind;
  /** The event's id, where `kind` is `event`. */
  readonly event?: string;
  /** What the part adds, on the model's scale. */
  readonly amount: number;
  /** Sum of this part and all parts before it, in the history's unit. */
  readonly runningTotal: number;
}

/**
 * `prior`: the general assumption for any sale; `pastSales`: the uplifts of past sales; `lastMinutes`: the demand just
 * before the start; `drift`: the trend of recent sales; `correction`: the actual demand of the running sale less its
 * curve; `statement`: what the stated peak changes; `rest`: the remainder, from overlap with the base and other sales
 * and from the fading after the end.
 */
export type EventPartKind = 'prior' | 'pastSales' | 'lastMinutes' | 'drift' | 'correction' | 'statement' | 'rest';

/** Why a quantile lies as far from the point as it does. */
export interface Width {
  /** The level of the quantile, in (0, 1). */
  readonly level: number;
  /** The quantile of the step, in the history's unit. */
  readonly value: number;
  /** What it comes from, largest first; the shares sum to 1. Empty where the quantile is the point. */
  readonly parts: readonly WidthPart[];
}

/** One reason for a width. */
export interface WidthPart {
  /** `base`: how much ordinary demand differs from its forecasts; the others as in `WidthShare`. */
  readonly kind: 'base' | WidthShare['kind'];
  /** The event's id; absent for `base`. */
  readonly event?: string;
  /** Share (0–1) of the width: of its variance within an event, of the distance from the point between events. */
  readonly share: number;
}

/** Explanation of what one event adds in the explained step. */
export interface EventExplanation {
  /** The event's id. */
  readonly event: string;
  /** Start of the event, epoch ms. */
  readonly start: number;
  /** What the event adds on the model's scale; equals the amount of the event's part. */
  readonly amount: number;
  /** What the event adds, in the history's unit. */
  readonly extra: number;
  /** Parts whose amounts sum to the event's amount. */
  readonly parts: readonly { readonly kind: EventPartKind; readonly amount: number }[];
  /** The past sales the uplift was learned from, largest share first. */
  readonly pastSales: readonly PastSale[];
  /** Properties of the event that no past sale had: the forecast's `unseen`. */
  readonly unseen: readonly string[];
  /** Absent without a stated peak. */
  readonly statement?: Statement;
}

/** A past sale and its contribution to the forecast of an event. */
export interface PastSale {
  /** The past sale's id. */
  readonly event: string;
  /** Similarity of the two events, 0–1; recency is not included. */
  readonly likeness: number;
  /** Coefficient of the sale's uplift in the forecast; mostly 0–1, below 0 where the regression learned a contrast. */
  readonly share: number;
  /**
   * The sale's uplift at the same moment of its own course, over the level known with the same lead, on the model's
   * scale.
   */
  readonly uplift: number;
}

/** The stated peak of an event and its effect on the explained step. */
export interface Statement {
  /** The stated peak ratio, ≥ 1. */
  readonly peakRatio: number;
  /**
   * Share (0–1) of the statement in the peak's logarithm, by what past statements and past sales have proved: stating 1
   * % more raises the peak by `trust` per cent. 1 without past sales.
   */
  readonly trust: number;
  /** The forecast of this step less the one without a stated peak, on the model's scale. */
  readonly moved: number;
}
