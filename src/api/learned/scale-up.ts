import { z } from 'zod';
import { instant, name, replicas } from '../field.ts';

/** Schema of one scale-up that was seen, as the status of a ScalingTarget keeps it. */
export const scaleUpSchema = z.object({
  /** When the workload was to have the replicas. */
  at: instant,
  /** Name of the workload; those of another one count no more. */
  workload: name,
  /** Replicas that were added. */
  added: replicas.min(1),
  /** Seconds from `at` until all were ready; absent when they were not within an hour. */
  seconds: z.int().min(0).max(86_400).optional(),
  /** Whether a pod waited for a node; absent when the pods were not watched. */
  neededNodes: z.boolean().optional(),
});

/** A scale-up that was seen. */
export type ScaleUpRecord = z.infer<typeof scaleUpSchema>;

/** Most scale-ups that one ScalingTarget keeps; the CRD schema allows no more. */
export const mostScaleUps = 20;
