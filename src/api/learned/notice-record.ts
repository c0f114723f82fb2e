import { z } from 'zod';
import { instant, label } from '../field.ts';

/** Kinds of notices about one date of a sale, in the order in which they are usually told. */
export const noticeKinds = [
  'Planned',
  'NeedsApproval',
  'AtRisk',
  'Ready',
  'RunningHot',
  'Ended',
  'Restored',
  'Report',
] as const;

/** Kind of a notice. */
export type NoticeKind = (typeof noticeKinds)[number];

/** Times that one kind is told of one date of a sale at most. */
export const mostOfOneKind = 4;

/** Schema of a notice that was sent or given up, as the status of a SalePlan keeps it. */
export const noticeRecordSchema = z.object({
  /** One of `noticeKinds`, or a kind of another release. */
  kind: label,
  /** Word or instant that tells it from others of its kind, as the verdict does; absent where one is told at most. */
  about: z.string().max(63).optional(),
  /** When it was sent or given up. */
  at: instant,
  /** `Sent`, or `GivenUp` after the channel had failed for too long. */
  outcome: label,
});

/** Notice that was sent or given up. */
export type NoticeRecord = Readonly<z.infer<typeof noticeRecordSchema>>;

/** Schema of all notices of one SalePlan. */
export const noticeRecordsSchema = z.array(noticeRecordSchema).max(mostOfOneKind * noticeKinds.length);
