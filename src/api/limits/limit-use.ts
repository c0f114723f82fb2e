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

/** What is wrong with a use that is counted by requests where nobody states how many a replica serves. */
export const needsCapacity =
  'perThousandRequests needs capacityPerReplica, which says how many requests a replica brings';

/** Whether what the uses of a target take can be computed from its replicas. */
export function isSizable({
  capacityPerReplica,
  uses = [],
}: {
  readonly capacityPerReplica?: unknown;
  readonly uses?: readonly { readonly perThousandRequests?: number | undefined }[] | undefined;
}): boolean {
  return capacityPerReplica !== undefined || uses.every(({ perThousandRequests }) => perThousandRequests === undefined);
}

/** What a target takes of a shared limit. */
export type LimitUse = z.infer<typeof limitUseSchema>;
