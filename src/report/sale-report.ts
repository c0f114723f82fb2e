import type { SalePlanReview } from '../api/learned/sale-review.ts';
import type { AnsweredSecond } from '../simulate/answer-times.ts';
import type { Outcome } from '../simulate/outcome.ts';
import type { StepSeries } from '../simulate/step-series.ts';

/** The data of the report page: one sale, run three times on the same traffic. */
export interface SaleReport {
  readonly seed: number;
  readonly sale: ReportedSale;
  readonly services: readonly ReportedService[];
  readonly withHeadstart: ReportedRun;
  readonly hpaAlone: ReportedRun;
  /** HPAs with a schedule that asks for the stated multiple of ordinary replicas around the sale. */
  readonly schedule: ReportedRun;
  readonly forecast: ReportedForecast;
  /** The operator's actions, oldest first. */
  readonly steps: readonly { readonly t: number; readonly text: string }[];
  /** The operator's own review of the sale; absent when it wrote none. */
  readonly review?: SalePlanReview;
  /** The injected fault, in words; absent when there was none. */
  readonly fault?: string;
}

export interface ReportedSale {
  readonly name: string;
  /** Epoch ms. */
  readonly start: number;
  readonly end: number;
  readonly timeZone: string;
  readonly statedPeakPercent?: number;
  /** When the first floor was raised, epoch ms; absent when none was. */
  readonly raisedAt?: number;
  /** When the last bound was back at its baseline, epoch ms; absent when it was not within the run. */
  readonly restoredAt?: number;
}

export interface ReportedService {
  readonly name: string;
  readonly entryPoint: boolean;
  readonly capacityPerReplica: number;
}

export interface ReportedRun {
  readonly outcome: Outcome;
  /** Service → one entry per drawn second; not every second is kept. */
  readonly seconds: Readonly<Record<string, readonly AnsweredSecond[]>>;
  /** Service → the HPA's minReplicas. */
  readonly minReplicas: Readonly<Record<string, StepSeries>>;
}

/** The forecast of the demand at one entry point, made before the sale. */
export interface ReportedForecast {
  readonly service: string;
  /** Epoch ms; the forecast uses no data after it. */
  readonly madeAt: number;
  /** The models and data used, in a sentence. */
  readonly basis: string;
  /** Requests per second. */
  readonly points: readonly { readonly t: number; readonly p50: number; readonly p95: number }[];
}
