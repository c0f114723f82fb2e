import { formatInstant } from '../api/instant.ts';
import { type NoticeRecord, noticeRecordsSchema } from '../api/learned/notice-record.ts';
import { isApiError } from '../kube/api-error.ts';
import { salePlans } from '../kube/resources/resource-kind.ts';
import type { KubeObject } from '../kube/resources/wire.ts';
import type { Notice } from '../plan/notices/notice.ts';
import type { ApplyContext } from './apply-context.ts';
import { toGone } from './live-read.ts';
import type { WritePace } from './write-pace.ts';

/** SalePlan of which notices are told. */
export type NoticeKeeper = Pick<Notice, 'namespace' | 'salePlan' | 'uid'>;

/** What of a notice its SalePlan records. */
export type ToldNotice = Pick<Notice, 'kind' | 'about'>;

/** Notices of one SalePlan and what came of them. */
export interface NoticeAddition {
  readonly told: readonly ToldNotice[];
  readonly outcome: 'Sent' | 'GivenUp';
}

/** Where it is kept which notices were told. */
export interface NoticeRecords {
  /** Reads what was told, from the API server; undefined when the SalePlan is gone. @throws ApiError, TransportError */
  read(keeper: NoticeKeeper, signal: AbortSignal): Promise<readonly NoticeRecord[] | undefined>;
  /** Adds what was told just now. @throws ApiError, TransportError, NotLeadingError */
  add(keeper: NoticeKeeper, addition: NoticeAddition, signal: AbortSignal): Promise<void>;
}

/** Connection, pace and memory with which records are written. */
export interface RecordContext extends Pick<ApplyContext, 'connection' | 'memory'> {
  readonly pace: { readonly salePlans: Pick<WritePace, 'take'> };
}

/** Times that a record is read again when the SalePlan changed under it. */
const attempts = 3;

/** Keeps told notices in the status of the SalePlan, which every replica and every process after this one reads. */
export function noticeRecords(context: RecordContext, now: () => number): NoticeRecords {
  const resource = context.connection.resource(salePlans);
  const readLive = async ({ namespace, salePlan, uid }: NoticeKeeper, signal: AbortSignal) => {
    const live = await toGone(resource.get({ name: salePlan, namespace }, { signal }));
    return live?.metadata?.uid === uid ? live : undefined;
  };
  const addOnce = async (keeper: NoticeKeeper, { told, outcome }: NoticeAddition, signal: AbortSignal) => {
    const live = await readLive(keeper, signal);
    if (live === undefined) return;
    const known = recordsOf(live);
    const at = formatInstant(now());
    const added = told.filter(notice => !isTold(known, notice)).map(notice => toRecord(notice, at, outcome));
    if (added.length === 0) return;
    const { uid, namespace, salePlan: name } = keeper;
    const metadata = { uid, resourceVersion: live.metadata?.resourceVersion };
    const patch = { metadata, status: { notices: noticeRecordsSchema.parse([...known, ...added]) } };
    const made = await resource.merge({ name, namespace }, patch as never, { sub: 'status', signal });
    context.memory.rememberVersion(uid, made.metadata?.resourceVersion ?? '');
  };
  return {
    read: async (keeper, signal) => {
      const live = await readLive(keeper, signal);
      return live === undefined ? undefined : recordsOf(live);
    },
    async add(keeper, addition, signal) {
      await context.pace.salePlans.take({ signal });
      for (let attempt = 1; ; attempt += 1) {
        try {
          return await addOnce(keeper, addition, signal);
        } catch (error) {
          if (!isApiError(error, 409) || attempt === attempts) throw error;
        }
      }
    },
  };
}

/** Whether a record has a notice. */
export function isTold(known: readonly NoticeRecord[], { kind, about }: ToldNotice): boolean {
  return known.some(record => record.kind === kind && record.about === about);
}

function toRecord({ kind, about }: ToldNotice, at: string, outcome: string): NoticeRecord {
  return { kind, ...(about === undefined ? {} : { about }), at, outcome };
}

function recordsOf(live: KubeObject): readonly NoticeRecord[] {
  const status = 'status' in live ? live.status : undefined;
  const notices = typeof status === 'object' && status !== null && 'notices' in status ? status.notices : undefined;
  return noticeRecordsSchema.safeParse(notices).data ?? [];
}
