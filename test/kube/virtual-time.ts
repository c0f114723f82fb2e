import type { Timing } from '../../src/kube/timing.ts';

/** Time that passes only when a test says so, for many machines with clocks of their own. */
export class VirtualTime {
  #now = 0;
  #sleepers: { readonly at: number; readonly wake: () => void }[] = [];
  /** Called after every step, with the time. */
  onStep: (now: number) => void = () => {};

  get now(): number {
    return this.#now;
  }

  /** The timing of a machine whose wall clock is off by `skewMs`; `random` is fixed so that runs repeat. */
  machine(skewMs = 0, random = 0): Timing {
    const sleep = (ms: number, signal?: AbortSignal) => this.#sleep(ms, signal);
    return { monotonicMs: () => this.#now, wallMs: () => this.#now + skewMs, sleep, random: () => random };
  }

  /** Lets `ms` pass, waking whoever is due in order, and lets each finish what it does without waiting. */
  async advance(ms: number): Promise<void> {
    const until = this.#now + ms;
    await settle();
    for (;;) {
      const next = Math.min(...this.#sleepers.map(sleeper => sleeper.at));
      if (next > until) break;
      this.#now = next;
      const due = this.#sleepers.filter(sleeper => sleeper.at <= next);
      this.#sleepers = this.#sleepers.filter(sleeper => sleeper.at > next);
      for (const sleeper of due) sleeper.wake();
      await settle();
      this.onStep(this.#now);
    }
    this.#now = until;
    this.onStep(this.#now);
  }

  #sleep(ms: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(signal.reason);
      const sleeper = { at: this.#now + ms, wake: resolve };
      this.#sleepers.push(sleeper);
      signal?.addEventListener('abort', () => {
        this.#sleepers = this.#sleepers.filter(other => other !== sleeper);
        reject(signal.reason);
      });
    });
  }
}

async function settle(): Promise<void> {
  for (let i = 0; i < 3; i += 1) await new Promise(resolve => setImmediate(resolve));
}
