import { z } from 'zod';
import { callRatioSchema } from './call-ratio.ts';
import { capacityHourSchema, mostCapacityHours } from './capacity-hour.ts';
import { hourlyReplicas } from './hourly-replicas.ts';
import { ordinaryWeekSchema } from './ordinary-week.ts';
import { mostScaleUps, scaleUpSchema } from './scale-up.ts';

/**
 * Fields of a ScalingTarget's status that hold what was learned of it. One that cannot be read counts as absent: what is
 * learned is no reason to plan nothing for its target.
 */
export const learnedFields = {
  /** What hours showed of the capacity of a replica, the oldest first. */
  capacityHours: z.array(capacityHourSchema).max(mostCapacityHours).optional().catch(undefined),
  /** What was measured of its calls, at most one entry a called target. */
  callRatios: z.array(callRatioSchema).max(64).optional().catch(undefined),
  scaleUps: z.array(scaleUpSchema).max(mostScaleUps).optional().catch(undefined),
  /** P95 of the lead time of a raise as large as the largest in `scaleUps`. */
  measuredLeadTimeSeconds: z.int().min(0).max(86_400).optional().catch(undefined),
  /** How late the source of the demand is, in seconds: the age up to which its newest samples still rose. */
  demandLatenessSeconds: z.int().min(0).max(86_400).optional().catch(undefined),
  ordinaryReplicas: hourlyReplicas.optional().catch(undefined),
  /** What raising ordinary peaks saved and cost; absent where they are not raised. */
  ordinaryPeaks: ordinaryWeekSchema.optional().catch(undefined),
};
