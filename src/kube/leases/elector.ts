import { isApiError } from '../api-error.ts';
import type { WriteFence } from '../http/transport.ts';
import { realTiming } from '../timing.ts';
import { LeaseLock, type LeaseLockOptions } from './lease-lock.ts';

export interface ElectorOptions extends Omit<LeaseLockOptions, 'leaseSeconds' | 'timing'> {
  /** Others may take over this long after they last saw us renew. @default 15 */
  readonly leaseSeconds?: number;
  /** We stop leading this long after we last sent a renewal that succeeded. @default 10 */
  readonly renewSeconds?: number;
  /** Between tries. @default 2 */
  readonly retrySeconds?: number;
  /** Told when leading begins and ends, and of an election that cannot be held. */
  readonly onEvent?: (event: ElectionEvent) => void;
  readonly timing?: LeaseLockOptions['timing'];
}

export type ElectionEvent =
  | { readonly type: 'Leading' | 'Lost' | 'Released' }
  | { readonly type: 'Failed'; readonly error: unknown };

/** A write was not sent because the lease had run out; another replica leads, or will. */
export class NotLeadingError extends Error {
  readonly code = 'HEADSTART_NOT_LEADING';

  constructor(identity: string) {
    super(`${identity} does not lead: nothing was sent`);
    this.name = 'NotLeadingError';
  }
}

/**
 * Leader election on a Lease, with client-go's algorithm: clocks of different machines are never compared. A candidate
 * takes over once the lease has not changed *as seen by its own monotonic clock* for the lease's duration; a leader
 * believes in itself until renewSeconds after it *sent* its last renewal, by the monotonic and the wall clock both (the
 * first stands still while a machine sleeps, the second may be set back).
 *
 * @see https://github.com/kubernetes/client-go/blob/master/tools/leaderelection/leaderelection.go
 */
export class Elector {
  /** For `connection.fenced`: a write sent in the last moment of leading is over before another can lead. */
  readonly fence: WriteFence;
  readonly #options: Required<Omit<ElectorOptions, 'onEvent'>> & Pick<ElectorOptions, 'onEvent'>;
  #valid = { monotonicMs: Number.NEGATIVE_INFINITY, wallMs: Number.NEGATIVE_INFINITY };
  readonly #lock: LeaseLock;

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

  /** Whether a write may be sent at this very moment. Cheap and synchronous: ask before each. */
  get leading(): boolean {
    const { timing } = this.#options;
    return timing.monotonicMs() < this.#valid.monotonicMs && timing.wallMs() < this.#valid.wallMs;
  }

  /** Who held the lease when it was last read; empty when nobody did. */
  get holder(): string {
    return this.#lock.holder;
  }

  /**
   * Stands for election until the signal is aborted, and does `work` whenever leading. The work's signal is aborted when
   * leading ends; the lease is given back only after the work has stopped. Resolves when the work ends by itself.
   */
  async run(signal: AbortSignal, work: (signal: AbortSignal) => Promise<void>): Promise<void> {
    while (!signal.aborted) {
      if (await this.#attempt(signal)) {
        if (await this.#lead(signal, work)) return;
      } else await this.#pause(signal);
    }
  }

  /** True when the work ended without having been told to. */
  async #lead(signal: AbortSignal, work: (signal: AbortSignal) => Promise<void>): Promise<boolean> {
    const ending = new AbortController();
    const stopWork = () => ending.abort(signal.reason);
    signal.addEventListener('abort', stopWork, { once: true });
    if (signal.aborted) stopWork();
    this.#tell({ type: 'Leading' });

    const worked = new AbortController();
    const renewing = this.#renewUntil(worked.signal).then(lost => {
      if (lost) ending.abort(new NotLeadingError(this.#options.identity));
    });
    try {
      await work(ending.signal);
    } catch (error) {
      if (!ending.signal.aborted) throw error;
      if (error !== ending.signal.reason) this.#tell({ type: 'Failed', error });
    } finally {
      signal.removeEventListener('abort', stopWork);
      worked.abort();
      await renewing;
      await this.#stopLeading();
    }
    return !ending.signal.aborted;
  }

  /** Renews while the work lasts, also while it is stopping. True when the lease was lost. */
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
      await this.#lock.release({ deadlineMs: this.#callMs() }).catch(error => this.#tell({ type: 'Failed', error }));
    this.#tell({ type: held ? 'Released' : 'Lost' });
  }

  /** Takes or renews the lease if that may be; true when it is ours now. */
  async #attempt(signal: AbortSignal): Promise<boolean> {
    const { timing, renewSeconds } = this.#options;
    const sentAt = { monotonicMs: timing.monotonicMs(), wallMs: timing.wallMs() };
    try {
      const mine = await this.#lock.take({ signal, deadlineMs: this.#callMs() });
      this.#valid = {
        monotonicMs: mine ? sentAt.monotonicMs + renewSeconds * 1000 : Number.NEGATIVE_INFINITY,
        wallMs: mine ? sentAt.wallMs + renewSeconds * 1000 : Number.NEGATIVE_INFINITY,
      };
      return mine;
    } catch (error) {
      // Who leads stays the leader until the time runs out: one failed renewal proves nothing.
      if (!signal.aborted && !isApiError(error, 409)) this.#tell({ type: 'Failed', error });
      return false;
    }
  }

  /** One call must leave time for another try, and a leader must not wait past the end of its time to see that it ended. */
  #callMs(): number {
    const half = (this.#options.renewSeconds * 1000) / 2;
    return this.leading ? Math.min(half, this.#valid.monotonicMs - this.#options.timing.monotonicMs()) : half;
  }

  /** Jittered up by 20 %, so that candidates do not meet; never throws. */
  async #pause(signal: AbortSignal): Promise<void> {
    const { timing, retrySeconds } = this.#options;
    await timing.sleep(retrySeconds * 1000 * (1 + 0.2 * timing.random()), signal).catch(() => {});
  }

  #tell(event: ElectionEvent): void {
    this.#options.onEvent?.(event);
  }
}
