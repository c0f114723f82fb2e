import type { NoticeKind } from '../../api/learned/notice-record.ts';
import type { Notice } from '../../plan/notices/notice.ts';

/** Headline of each kind. */
const headlines: Readonly<Record<NoticeKind, string>> = {
  Planned: 'Planned',
  NeedsApproval: 'Needs approval',
  AtRisk: 'At risk',
  Ready: 'Ready',
  RunningHot: 'Running hot',
  Ended: 'Ended',
  Restored: 'Restored',
  Report: 'Report',
};

/** Returns the headline of a kind, for people. */
export function headlineOf(kind: NoticeKind): string {
  return headlines[kind];
}

/** Describes a notice in one line: its headline, its sentences, without line breaks and control characters. */
export function describeNotice({ kind, message }: Pick<Notice, 'kind' | 'message'>): string {
  return `${headlines[kind]}: ${message.replaceAll(/[\p{Cc}\p{Cf}\s]+/gu, ' ')}`;
}
