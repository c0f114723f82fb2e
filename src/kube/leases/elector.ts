import { isApiError } from '../api-error.ts';
import type { WriteFence } from '../http/transport.ts';
import { realTiming } from '../timing.ts';
import { LeaseLock, type LeaseLockOptions, type LeaseState } from './lease-lock.ts';

export interface ElectorOptions extends Omit<LeaseLockOptions, 'leaseSeconds' | 'timing'> {
  /** Seconds after the last renewal that they saw, when other candidates may take over. @default 15 */
  readonly leaseSeconds?: number;
  /** Seconds after it sent its last successful renewal, when a leader stops leading. @default 10 */
  readonly renewSeconds?: number;
  /** Seconds between attempts. @default 2 */
  readonly retrySeconds?: number;
  /** Called when leading begins and ends, when a lease was made that does not count yet, and when an attempt fails. */
  readonly onEvent?: (event: ElectionEvent) => void;
  readonly timing?: LeaseLockOptions['timing'];
}

export type ElectionEvent =
  | { readonly type: 'Leading' | 'Lost' | 'Released' | 'Waiting' }
  | { readonly type: 'Failed'; readonly error: unknown };

/** A write that was not sent because the lease had expired; another replica leads or will lead. */
export class NotLeadingError extends Error {
  readonly code = 'HEADSTART_NOT_LEADING';

  constructor(identity: string) {
    super(`${identity} does not lead: nothing was sent`);
    this.name = 'NotLeadingError';
  }
}

/**
 * Leader election on a Lease, with client-go's algorithm, which never compares the clocks of two machines. A candidate
 * takes over once it has *seen* the lease unchanged for the lease's duration on its own monotonic clock. A leader stops
 * leading renewSeconds after it *sent* its last renewal, on the monotonic and the wall clock both: the first stands
 * still while a machine sleeps, the second may be set back. Unlike client-go, a lease that
 * was absent counts only once it has been held for its duration, and a leader that finds its lease deleted stops at once.
 *
 * @see https://github.com/kubernetes/client-go/blob/master/tools/leaderelection/leaderelection.go
 */
export class Elector {
  /**
   * The fence for `connection.fenced`: a write that starts just before leading ends is finished before another replica
   * can lead.
   */
  readonly fence: WriteFence;
  readonly #options: Required<Omit<ElectorOptions, 'onEvent'>> & Pick<ElectorOptions, 'onEvent'>;
  #valid = { monotonicMs: Number.NEGATIVE_INFINITY, wallMs: Number.NEGATIVE_INFINITY };
  readonly #lock: LeaseLock;
  #state: LeaseState = 'Theirs';

  constructor(options: ElectorOptions) {
    this.#options = { leaseSeconds: 15, renewSeconds: 10, retrySeconds: 2, timing: realTiming, ...options };
    const { leaseSeconds, renewSeconds, retrySeconds, identity } = this.#options;
    if (!(leaseSeconds > renewSeconds && renewSeconds > retrySeconds && retrySeconds > 0))
      throw new RangeError(
        `leases need leaseSeconds > renewSeconds > retrySeconds > 0, got ${leaseSeconds}, ${renewSeconds}, ${retrySeconds}`,
      );
    this.#lock = new LeaseLock(this.#options);
    this.fence = {
      deadlineMs: (leaseSeconds - renewSeconds) * 800,
      check: () => {
        if (!this.leading) throw new NotLeadingError(identity);
      },
    };
  }

  /** Whether this replica may send a write now. Cheap and synchronous: check it before each write. */
  get leading(): boolean {
    const { timing } = this.#options;
    return timing.monotonicMs() < this.#valid.monotonicMs && timing.wallMs() < this.#valid.wallMs;
  }

  /** The identity that held the lease when it was last read; empty when none did. */
  get holder(): string {
    return this.#lock.holder;
  }

  /**
   * Takes part in the election until the signal is aborted, and runs `work` while leading. The signal of `work` is
   * aborted when leading ends; the lease is released only after `work` has stopped. Resolves when `work` ends by
   * itself.
   */
  async run(signal: AbortSignal, work: (signal: AbortSignal) => Promise<void>): Promise<void> {
    while (!signal.aborted) {
      if (await this.#attempt(signal)) {
        if (await this.#lead(signal, work)) return;
      } else await this.#pause(signal);
    }
  }

  /** Runs the work; true when it ended without being aborted. */
  async #lead(signal: AbortSignal, work: (signal: AbortSignal) => Promise<void>): Promise<boolean> {
    const ending = new AbortController();
    const stopWork = () => ending.abort(signal.reason);
    signal.addEventListener('abort', stopWork, { once: true });
    if (signal.aborted) stopWork();
    this.#report({ type: 'Leading' });

    const worked = new AbortController();
    const renewing = this.#renewUntil(worked.signal).then(lost => {
      if (lost) ending.abort(new NotLeadingError(this.#options.identity));
    });
    try {
      await work(ending.signal);
    } catch (error) {
      if (!ending.signal.aborted) throw error;
      if (error !== ending.signal.reason) this.#report({ type: 'Failed', error });
    } finally {
      signal.removeEventListener('abort', stopWork);
      worked.abort();
      await renewing;
      await this.#stopLeading();
    }
    return !ending.signal.aborted;
  }

  /** Renews the lease while the work runs, also while it is stopping. True when the lease was lost. */
  async #renewUntil(worked: AbortSignal): Promise<boolean> {
    while (!worked.aborted) {
      await this.#pause(worked);
      if (!worked.aborted) await this.#attempt(worked);
      if (!this.leading) return !worked.aborted;
    }
    return false;
  }

  async #stopLeading(): Promise<void> {
    const held = this.leading;
    this.#valid = { monotonicMs: Number.NEGATIVE_INFINITY, wallMs: Number.NEGATIVE_INFINITY };
    if (held)
      await this.#lock.release({ deadlineMs: this.#callMs() }).catch(error => this.#report({ type: 'Failed', error }));
    this.#report({ type: held ? 'Released' : 'Lost' });
  }

  /** Takes or renews the lease if it is free or ours; true when this replica now holds it. */
  async #attempt(signal: AbortSignal): Promise<boolean> {
    const { timing, renewSeconds } = this.#options;
    const sentAt = { monotonicMs: timing.monotonicMs(), wallMs: timing.wallMs() };
    try {
      const state = await this.#lock.take({ signal, deadlineMs: this.#callMs() });
      if (state === 'OursSoon' && this.#state !== 'OursSoon') this.#report({ type: 'Waiting' });
      this.#state = state;
      const isHeld = state === 'Ours';
      this.#valid = {
        monotonicMs: isHeld ? sentAt.monotonicMs + renewSeconds * 1000 : Number.NEGATIVE_INFINITY,
        wallMs: isHeld ? sentAt.wallMs + renewSeconds * 1000 : Number.NEGATIVE_INFINITY,
      };
      return isHeld;
    } catch (error) {
      // A leader stays leader until its time runs out: one failed renewal does not end it.
      if (!signal.aborted && !isApiError(error, 409)) this.#report({ type: 'Failed', error });
      return false;
    }
  }

  /**
   * Milliseconds for one call: leaves time for another attempt, and never lets a leader wait past the end of its term.
   */
  #callMs(): number {
    const half = (this.#options.renewSeconds * 1000) / 2;
    return this.leading ? Math.min(half, this.#valid.monotonicMs - this.#options.timing.monotonicMs()) : half;
  }

  /** Waits for the next attempt, jittered up by 20 % so that candidates do not collide; never throws. */
  async #pause(signal: AbortSignal): Promise<void> {
    const { timing, retrySeconds } = this.#options;
    await timing.sleep(retrySeconds * 1000 * (1 + 0.2 * timing.random()), signal).catch(() => {});
  }

  #report(event: ElectionEvent): void {
    this.#options.onEvent?.(event);
  }
}
