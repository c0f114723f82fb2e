import type { NoticeRecords } from '../../apply/record-notices.ts';
import type { Timing } from '../../kube/timing.ts';
import type { DueNotices } from '../../plan/notices/due-notices.ts';
import type { Log } from '../telemetry/log.ts';
import type { NotifyMetrics } from '../telemetry/notify-metrics.ts';
import type { Channel } from './channel.ts';
import { type ChannelFacts, ChannelWorker } from './channel-worker.ts';

/** What a notifier is made of. */
export interface NotifierParts {
  readonly channels: ReadonlyMap<string, Channel>;
  readonly records: NoticeRecords;
  /** Transport time. */
  readonly timing: Timing;
  readonly log: Log;
  readonly metrics: NotifyMetrics;
}

/** Milliseconds that a message under way is waited for when this replica stops, so that it is recorded. */
const lastMessageMs = 3_000;

/**
 * Sends notices to channels while this replica leads, beside all else: what is offered is taken at once, and each
 * channel has a worker of its own. What waits is lost with the process; what is due is offered again by the next one.
 */
export class Notifier {
  readonly #parts: NotifierParts;
  readonly #workers: ReadonlyMap<string, ChannelWorker>;
  #stopping = AbortSignal.abort(new Error('notices are not sent yet'));
  #cutOff = new AbortController();

  constructor(parts: NotifierParts) {
    const { channels, records, timing, log, metrics } = parts;
    this.#parts = parts;
    this.#workers = new Map(
      [...channels].map(([name, channel]) => {
        const onOutcome = (kind: string, outcome: string) => {
          metrics.notices.inc({ channel: name, kind, outcome });
          this.#show();
        };
        return [name, new ChannelWorker({ name, channel, records, timing, log, onOutcome })];
      }),
    );
    this.#show();
  }

  /** Sends until the signal aborts. */
  start(signal: AbortSignal): void {
    this.#cutOff = new AbortController();
    this.#stopping = signal;
  }

  /** Takes what is due of some SalePlans in place of what was due of them before; returns at once. */
  offer(channel: string | undefined, due: readonly DueNotices[]): void {
    if (this.#stopping.aborted) return;
    for (const [name, worker] of this.#workers) {
      for (const { uid, notices } of due)
        worker.waiting.replace(uid, name === channel ? notices : [], this.#parts.timing.monotonicMs());
      worker.start(this.#stopping, this.#cutOff.signal);
    }
    this.#show();
  }

  /** Forgets namespaces that are gone. */
  keepOnly(namespaces: ReadonlySet<string>): void {
    for (const { waiting } of this.#workers.values()) waiting.keepOnly(namespaces);
    this.#show();
  }

  /** State of each channel, by name. */
  get channels(): readonly ChannelFacts[] {
    return [...this.#workers.values()].map(({ facts }) => facts).sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  /** Waits a little for the messages under way and forgets what waits; the signal of `start` must be aborted. */
  async stop(): Promise<void> {
    const working = Promise.all([...this.#workers.values()].map(worker => worker.idle()));
    const late = new AbortController();
    await Promise.race([working, this.#parts.timing.sleep(lastMessageMs, late.signal).catch(() => {})]);
    late.abort();
    this.#cutOff.abort(new Error('this replica stops'));
    await working;
    for (const { waiting } of this.#workers.values()) waiting.clear();
    this.#show();
  }

  #show(): void {
    const { metrics } = this.#parts;
    for (const { name, waiting, failure } of this.channels) {
      metrics.noticesWaiting.set({ channel: name }, waiting);
      metrics.channelFailing.set({ channel: name }, failure === undefined ? 0 : 1);
    }
  }
}
