import { type Notice, noticeId } from '../../plan/notices/notice.ts';

/** Notice that waits for its channel. */
export interface WaitingNotice {
  /** As it was offered last, so that its numbers are of now when it is sent late. */
  notice: Notice;
  /** Transport ms at which it was offered first. */
  readonly since: number;
  /** True once it was sent and only its record is missing. */
  isSent: boolean;
}

/** Most notices that wait for one channel; those beyond are offered again by a later reconcile. */
const mostWaiting = 200;
/** Most notices that are remembered as sent although no record has them. */
const mostSettled = 1_000;

/** Notices that wait for one channel, in the order in which they are tried. */
export class WaitingNotices {
  #waiting = new Map<string, WaitingNotice>();
  /** Namespaces by the id of notices that were sent and that their SalePlan does not take. */
  #settled = new Map<string, string>();

  get size(): number {
    return this.#waiting.size;
  }

  /**
   * Takes what holds now of one SalePlan. What was offered before and does not hold any more is dropped, unless it was
   * sent and is to be recorded.
   */
  replace(uid: string, notices: readonly Notice[], now: number): void {
    const due = new Map(notices.map(notice => [noticeId(notice), notice]));
    for (const [id, { notice, isSent }] of this.#waiting)
      if (notice.uid === uid && !isSent && !due.has(id)) this.#waiting.delete(id);
    for (const [id, notice] of due) {
      const known = this.#waiting.get(id);
      if (known !== undefined) known.notice = notice;
      else if (this.#settled.has(id)) continue;
      else if (this.#waiting.size < mostWaiting) this.#waiting.set(id, { notice, since: now, isSent: false });
    }
  }

  /** Returns what is tried next: all that waits of one SalePlan, or its first one. */
  next(isGrouped: boolean): readonly WaitingNotice[] {
    const [first] = this.#waiting.values();
    if (first === undefined) return [];
    if (!isGrouped) return [first];
    return [...this.#waiting.values()].filter(({ notice }) => notice.uid === first.notice.uid);
  }

  /** Lets others be tried before these. */
  putLast(waiting: readonly WaitingNotice[]): void {
    for (const one of waiting) {
      const id = noticeId(one.notice);
      if (this.#waiting.delete(id)) this.#waiting.set(id, one);
    }
  }

  remove(waiting: readonly WaitingNotice[]): void {
    for (const { notice } of waiting) this.#waiting.delete(noticeId(notice));
  }

  /** Ends to wait for the record of notices that were sent: this process does not send them again. */
  settle(waiting: readonly WaitingNotice[]): void {
    this.remove(waiting);
    for (const { notice } of waiting) this.#settled.set(noticeId(notice), notice.namespace);
    for (const id of [...this.#settled.keys()].slice(0, Math.max(0, this.#settled.size - mostSettled)))
      this.#settled.delete(id);
  }

  /** Drops what is of other namespaces. */
  keepOnly(namespaces: ReadonlySet<string>): void {
    for (const [id, namespace] of this.#settled) if (!namespaces.has(namespace)) this.#settled.delete(id);
    for (const [id, { notice }] of this.#waiting) if (!namespaces.has(notice.namespace)) this.#waiting.delete(id);
  }

  clear(): void {
    this.#waiting.clear();
  }
}
