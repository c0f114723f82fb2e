/** Difference of two clocks below which they count as equal, in ms: the `Date` header has whole seconds. */
const agreeMs = 2_000;
/** Age from which older answers no longer count, in ms: clocks drift, and are set. */
const windowMs = 60_000;

/** One answer of the API server: its `Date` header, and our wall clock around it, epoch ms. */
export interface DatedAnswer {
  readonly date: string | undefined;
  readonly sentMs: number;
  readonly receivedMs: number;
}

/** Interval in which our clock minus the server's lies, in ms. */
interface Interval {
  readonly low: number;
  readonly high: number;
  /** Our wall clock when it was begun, epoch ms. */
  readonly begunMs: number;
}

/**
 * The API server's clock compared with this machine's, measured from the `Date` headers of its answers. Times in
 * managedFields and creationTimestamps are the server's; they are compared with ours only after this correction. Each
 * answer bounds the difference by when it was sent and received; together they bound it to about a second.
 */
export class ServerClock {
  #interval: Interval | undefined;
  #skewMs = 0;
  readonly #listeners: ((skewMs: number) => void)[] = [];

  /**
   * Our clock minus the server's, in whole seconds as ms; 0 while they agree within 2 s. It keeps its value while the
   * answers allow it, so that equal objects give equal plans.
   */
  get skewMs(): number {
    return this.#skewMs;
  }

  /** Calls `tell` with the skew in ms, now and whenever it changes. */
  subscribe(tell: (skewMs: number) => void): void {
    this.#listeners.push(tell);
    tell(this.#skewMs);
  }

  /** Takes the time of one answer into account; ignores one without a readable `Date`. */
  note({ date, sentMs, receivedMs }: DatedAnswer): void {
    const server = Date.parse(date ?? '');
    if (Number.isNaN(server) || receivedMs < sentMs) return;
    const seen = { low: sentMs - server - 1_000, high: receivedMs - server, begunMs: receivedMs };
    this.#interval = narrow(this.#interval, seen);
    const { low, high } = this.#interval;
    const middle = (low + high) / 2;
    if (Math.abs(middle - this.#skewMs) < agreeMs) return;
    if (low - agreeMs < this.#skewMs && this.#skewMs < high + agreeMs) return;
    this.#skewMs = Math.abs(middle) < agreeMs ? 0 : Math.round(middle / 1_000) * 1_000;
    for (const tell of this.#listeners) tell(this.#skewMs);
  }
}

/** Narrows an interval by a new one; starts anew where they contradict each other, or the old one is too old. */
function narrow(known: Interval | undefined, seen: Interval): Interval {
  if (known === undefined || seen.begunMs - known.begunMs > windowMs || seen.begunMs < known.begunMs) return seen;
  const low = Math.max(known.low, seen.low);
  const high = Math.min(known.high, seen.high);
  return low > high ? seen : { low, high, begunMs: known.begunMs };
}
