import type { NoticeKind } from '../../api/learned/notice-record.ts';
import { isTold, type NoticeRecords } from '../../apply/record-notices.ts';
import type { Timing } from '../../kube/timing.ts';
import type { Log } from '../telemetry/log.ts';
import { backOffMs } from './back-off.ts';
import { type Channel, DeliveryError } from './channel.ts';
import { type WaitingNotice, WaitingNotices } from './waiting-notices.ts';

/** What became of a notice at one attempt. */
export type NoticeOutcome = 'Sent' | 'Failed' | 'GivenUp';

/** What a worker of one channel is made of. */
export interface WorkerParts {
  readonly name: string;
  readonly channel: Channel;
  readonly records: NoticeRecords;
  /** Transport time. */
  readonly timing: Timing;
  readonly log: Log;
  readonly onOutcome: (kind: NoticeKind, outcome: NoticeOutcome) => void;
}

/** State of a channel, to be shown. */
export interface ChannelFacts {
  readonly name: string;
  readonly type: string;
  /** Notices that wait. */
  readonly waiting: number;
  /** Why the newest attempt failed; absent when it succeeded. */
  readonly failure?: string;
}

/**
 * Milliseconds after which a notice that a channel did not take is given up, transport time; one that it took and that its
 * SalePlan does not record, after twice as many.
 */
const budgetMs = 6 * 3_600_000;

/** Sends what waits for one channel, one message at a time, until nothing waits or it is stopped. */
export class ChannelWorker {
  readonly waiting = new WaitingNotices();
  readonly #parts: WorkerParts;
  #failures = 0;
  #failure: string | undefined;
  #working: Promise<void> | undefined;

  constructor(parts: WorkerParts) {
    this.#parts = parts;
  }

  get facts(): ChannelFacts {
    const { name, channel } = this.#parts;
    const failure = this.#failure === undefined ? {} : { failure: this.#failure };
    return { name, type: channel.type, waiting: this.waiting.size, ...failure };
  }

  /** Begins to send unless it does so already. @param stopping ends it before the next message; @param cutOff at once */
  start(stopping: AbortSignal, cutOff: AbortSignal): void {
    if (stopping.aborted || this.waiting.size === 0) return;
    this.#working ??= this.#work(stopping, cutOff)
      .catch(error => {
        if (!stopping.aborted) this.#parts.log.error('channel stopped', { channel: this.#parts.name, error });
      })
      .finally(() => {
        this.#working = undefined;
      });
  }

  /** Resolves when nothing is being sent. */
  async idle(): Promise<void> {
    await this.#working;
  }

  async #work(stopping: AbortSignal, cutOff: AbortSignal): Promise<void> {
    const { channel, timing } = this.#parts;
    while (this.waiting.size > 0) {
      stopping.throwIfAborted();
      const next = this.waiting.next(channel.isGrouped);
      const restMs = await this.#try(next, cutOff);
      if (restMs > 0) await timing.sleep(restMs, stopping);
    }
  }

  /** Tries one message; returns the milliseconds to wait before the next. */
  async #try(next: readonly WaitingNotice[], cutOff: AbortSignal): Promise<number> {
    const { name, channel, timing, log } = this.#parts;
    try {
      const isSending = await this.#deliver(next, cutOff);
      if (this.#failure !== undefined) log.info('channel takes notices again', { channel: name });
      this.#failures = 0;
      this.#failure = undefined;
      return isSending ? channel.gapMs : 0;
    } catch (error) {
      cutOff.throwIfAborted();
      this.#failures += 1;
      if (!(error instanceof DeliveryError)) log.warn('notice not recorded', { channel: name, error });
      else if (this.#failure === undefined) log.warn('notices not sent', { channel: name, error });
      if (error instanceof DeliveryError) this.#failure = error.message;
      this.waiting.putLast(next);
      await this.#giveUpOld(next, cutOff);
      const retryAfter = error instanceof DeliveryError ? error.retryAfterSeconds : undefined;
      return backOffMs(this.#failures, timing.random(), retryAfter);
    }
  }

  /** Sends what nobody has told yet, and records it. Returns whether a message was sent. */
  async #deliver(next: readonly WaitingNotice[], cutOff: AbortSignal): Promise<boolean> {
    const { channel, records } = this.#parts;
    const [keeper] = next.map(({ notice }) => notice);
    if (keeper === undefined) return false;
    const known = await records.read(keeper, cutOff);
    const open = known === undefined ? [] : next.filter(({ notice }) => !isTold(known, notice));
    this.waiting.remove(next.filter(one => !open.includes(one)));
    const unsent = open.filter(({ isSent }) => !isSent);
    if (unsent.length > 0) {
      await channel
        .send(
          unsent.map(({ notice }) => notice),
          cutOff,
        )
        .catch(error => this.#failAll(unsent, error));
      for (const one of unsent) {
        one.isSent = true;
        this.#parts.onOutcome(one.notice.kind, 'Sent');
      }
    }
    if (open.length > 0) await records.add(keeper, { told: open.map(({ notice }) => notice), outcome: 'Sent' }, cutOff);
    this.waiting.remove(open);
    return unsent.length > 0;
  }

  #failAll(unsent: readonly WaitingNotice[], error: unknown): never {
    for (const { notice } of unsent) this.#parts.onOutcome(notice.kind, 'Failed');
    throw error;
  }

  async #giveUpOld(tried: readonly WaitingNotice[], cutOff: AbortSignal): Promise<void> {
    const { name, records, timing, log, onOutcome } = this.#parts;
    const since = (ms: number) => (one: WaitingNotice) => timing.monotonicMs() - one.since > ms;
    const sent = tried.filter(({ isSent }) => isSent).filter(since(2 * budgetMs));
    const old = tried.filter(({ isSent }) => !isSent).filter(since(budgetMs));
    this.waiting.settle(sent);
    for (const { notice } of sent) {
      const { namespace, sale, kind } = notice;
      log.error('notice sent and never recorded', { channel: name, namespace, sale, kind });
    }
    const [keeper] = old.map(({ notice }) => notice);
    if (keeper === undefined) return;
    this.waiting.remove(old);
    for (const { notice } of old) {
      onOutcome(notice.kind, 'GivenUp');
      const { namespace, sale, kind } = notice;
      log.error('notice given up', { channel: name, namespace, sale, kind, failure: this.#failure });
    }
    await records
      .add(keeper, { told: old.map(({ notice }) => notice), outcome: 'GivenUp' }, cutOff)
      .catch(error => log.warn('notice not recorded', { channel: name, error }));
  }
}
