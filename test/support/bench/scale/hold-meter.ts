/** Interval at which the meter looks, ms. */
const everyMs = 5;

/**
 * Meter of the longest time that the calling thread is held, in CPU time of this thread: the most that it uses between
 * two firings of a timer that is due all the time.
 */
export class HoldMeter {
  #timer: NodeJS.Timeout | undefined;
  #used = 0;
  longestMs = 0;

  start(): void {
    this.#used = threadMs();
    this.#timer = setInterval(() => {
      const used = threadMs();
      if (used - this.#used > this.longestMs) this.longestMs = used - this.#used;
      this.#used = used;
    }, everyMs);
  }

  stop(): void {
    clearInterval(this.#timer);
  }
}

function threadMs(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
}
