import { z } from 'zod';
import { instant, percent } from '../field.ts';

/** Errors and coverage of a forecast, in percent. */
const accuracyFields = {
  /** Mean of |P50 − demand| over the mean demand. */
  wapePercent: percent.optional(),
  /** Mean of P50 − demand over the mean demand; above 0 when the forecast was too high. */
  biasPercent: percent.optional(),
  /** Share of steps with demand at or below P50, and at or below P95. */
  medianCoveragePercent: percent.optional(),
  coveragePercent: percent.optional(),
};

/** How right the forecasts of the newest seven days were, as a ScalingTarget's status keeps it. */
export const targetAccuracySchema = z.object({
  /** End of the newest day that is judged. */
  until: instant.optional(),
  /** Number of days that were measured. */
  days: z.int().min(0).max(7).optional(),
  ...accuracyFields,
  /** Share of the newest two days with demand at or below P95. */
  recentCoveragePercent: percent.optional(),
  /** The same by the hours ahead up to which a step was forecast. */
  horizons: z
    .array(z.object({ hours: z.int().min(1).max(168), ...accuracyFields }))
    .max(8)
    .optional(),
});

/** How right the forecasts of the newest seven days were, as fitted: before actuals corrected them. */
export type TargetAccuracy = z.infer<typeof targetAccuracySchema>;
