import type { SalePlanReview } from '../api/sale-plan.ts';
import type { AnsweredSecond } from '../simulate/answer-times.ts';
import type { Outcome } from '../simulate/outcome.ts';
import type { StepSeries } from '../simulate/step-series.ts';

/** All that the report page shows of one sale, lived through twice on the same traffic. */
export interface SaleReport {
  readonly seed: number;
  readonly sale: ReportedSale;
  readonly services: readonly ReportedService[];
  readonly withHeadstart: ReportedRun;
  readonly hpaAlone: ReportedRun;
  readonly forecast: ReportedForecast;
  /** What the operator did, oldest first. */
  readonly steps: readonly { readonly t: number; readonly text: string }[];
  /** The operator's own review, when it wrote one. */
  readonly review?: SalePlanReview;
  /** What was broken on purpose, in words. */
  readonly fault?: string;
}

export interface ReportedSale {
  readonly name: string;
  /** Epoch ms. */
  readonly start: number;
  readonly end: number;
  readonly timeZone: string;
  readonly statedPeakPercent?: number;
  /** When floors began to rise, epoch ms; absent when none did. */
  readonly raisedAt?: number;
  /** When the last bound was back at its baseline. */
  readonly restoredAt?: number;
}

export interface ReportedService {
  readonly name: string;
  readonly entryPoint: boolean;
  readonly capacityPerReplica: number;
}

export interface ReportedRun {
  readonly outcome: Outcome;
  /** Service → its seconds, thinned out for drawing. */
  readonly seconds: Readonly<Record<string, readonly AnsweredSecond[]>>;
  /** Service → the HPA's minReplicas. */
  readonly minReplicas: Readonly<Record<string, StepSeries>>;
}

/** The forecast of the demand at one entry point, as it stood before the sale. */
export interface ReportedForecast {
  readonly service: string;
  /** Epoch ms: nothing after it was known. */
  readonly madeAt: number;
  /** What was used and why. */
  readonly basis: string;
  /** Requests a second. */
  readonly points: readonly { readonly t: number; readonly p50: number; readonly p95: number }[];
}
