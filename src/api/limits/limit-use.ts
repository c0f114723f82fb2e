import { z } from 'zod';
import { name } from '../field.ts';

/**
 * Schema of what a target takes of a shared limit: a number for each of its pods, such as connections, or a number for
 * each thousand of its requests, such as a partner's transactions.
 */
export const limitUseSchema = z
  .strictObject({
    limit: name,
    perReplica: z.int().min(0).max(1_000_000).optional(),
    perThousandRequests: z.int().min(0).max(10_000_000).optional(),
  })
  .refine(
    ({ perReplica, perThousandRequests }) => (perReplica === undefined) !== (perThousandRequests === undefined),
    'must state perReplica or perThousandRequests, and not both',
  );

/** What a target takes of a shared limit. */
export type LimitUse = z.infer<typeof limitUseSchema>;
