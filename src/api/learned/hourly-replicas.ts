import { z } from 'zod';
import { replicas } from '../field.ts';

/** Replicas that ran for ordinary load at an hour (0–23) of the UTC day, at most one entry an hour. */
export const hourlyReplicas = z.array(z.object({ hour: z.int().min(0).max(23), replicas })).max(24);
