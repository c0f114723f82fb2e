import { z } from 'zod';
import { instant, measure } from '../field.ts';

/** Schema of what raising ordinary peaks has saved and cost, as the status of a ScalingTarget keeps it. */
export const ordinaryWeekSchema = z.object({
  /** End of the newest day that counts. */
  until: instant,
  /** Number of days that count, at most seven. */
  days: z.int().min(1).max(7),
  /** Replica-hours more than with the HPA alone. */
  replicaHours: measure,
  /** Seconds with fewer ready replicas than demand needed, and with the HPA alone. */
  secondsShort: measure,
  secondsShortAlone: measure,
});

/** What raising ordinary peaks has saved and cost in the newest seven days, by simulation. */
export type OrdinaryWeek = z.infer<typeof ordinaryWeekSchema>;
