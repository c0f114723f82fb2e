import type { NoticeKind } from '../../api/learned/notice-record.ts';
import type { SalePlan } from '../../api/sale-plan.ts';

/** Message about one date of a sale, for people who do not look at the cluster. */
export interface Notice {
  readonly kind: NoticeKind;
  /** What tells it from others of its kind: the verdict, or the time of the approval that no longer suffices. */
  readonly about?: string;
  readonly namespace: string;
  /** Name of the FlashSale. */
  readonly sale: string;
  /** Name and UID of the SalePlan of this date. */
  readonly salePlan: string;
  readonly uid: string;
  /** Start and end of this date, epoch ms. */
  readonly start: number;
  readonly end: number;
  /** Time of the decision, epoch ms. */
  readonly time: number;
  /** Sentences with names, numbers and the next step. */
  readonly message: string;
}

/** Facts of one date of a sale that all its notices share. */
export type NoticeSubject = Omit<Notice, 'kind' | 'about' | 'message'>;

/** Returns what all notices of one SalePlan share. */
export function noticeSubject(
  { metadata, spec }: SalePlan,
  { start, end }: Pick<Notice, 'start' | 'end'>,
  now: number,
): NoticeSubject {
  const { name, namespace, uid = '' } = metadata;
  return { namespace, sale: spec.sale.name, salePlan: name, uid, start, end, time: now };
}

/** Returns the identity of a notice: the same after a restart and in another replica. */
export function noticeId({ uid, kind, about }: Pick<Notice, 'uid' | 'kind' | 'about'>): string {
  return [uid, kind, about].filter(part => part !== undefined).join('.');
}
