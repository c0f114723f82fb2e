import { z } from 'zod';
import { instant, measure, name } from '../field.ts';

/** Schema of what one hour showed of a replica's capacity, as the status of a ScalingTarget keeps it. */
export const capacityHourSchema = z.object({
  /** Start of the hour, UTC. */
  at: instant,
  /** Name of the workload; hours of another one count no more. */
  workload: name,
  /** Revision of its pod template; absent where the workload states none. */
  revision: z.string().max(63).optional(),
  /** What showed it: an HPA above its target. @default the objective */
  sign: z.enum(['Autoscaler']).optional(),
  /** Requests per second per ready replica at which the objective held. */
  heldAt: measure.optional(),
  /** Requests per second per ready replica from which on it did not hold. */
  brokeAt: measure.optional(),
});

/** What one hour showed of the capacity of a replica. */
export type CapacityHour = z.infer<typeof capacityHourSchema>;

/** Most hours that one ScalingTarget keeps; the CRD schema allows no more. */
export const mostCapacityHours = 20;
