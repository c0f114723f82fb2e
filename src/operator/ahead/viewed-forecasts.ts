import type { Missing } from '../../api/missing.ts';
import type { Observation } from '../../observe/observation.ts';
import { acceptNamespace } from '../../plan/accept/accept-namespace.ts';
import type { Curve } from '../../plan/demand/curve.ts';
import { saleEventsByTarget } from '../../plan/demand/sale-events.ts';
import { hoursDemand, hoursWindow } from '../../plan/hours-ahead.ts';
import type { SaleOutlook } from '../../plan/plan.ts';
import type { KeptForecasts } from '../forecasting/kept-forecasts.ts';
import { planAhead } from './plan-ahead.ts';

/** What viewers see that no reconcile keeps: the outlook on a sale ahead, and the coming hours of a target. */
type Shown = SaleOutlook | Curve | Missing | undefined;

interface Kept {
  shown: Shown;
  /** Domain time (epoch ms) of what it is made from. */
  madeAt: number;
}

/** Domain milliseconds for which what was made is shown. */
const freshMs = 300_000;
/** Most of them that are kept: a sale ahead has a curve of each of its targets. */
const mostKept = 32;
/** Milliseconds after now at which the coming hours are needed: the forecasts of sales are made first. */
const leisureMs = 24 * 3_600_000;

/**
 * Forecasts that somebody looks at and no reconcile needs. Each is made when it is first asked for, one after the other
 * and after the forecasts of sales; until it is there, what was made before is shown, or nothing.
 */
export class ViewedForecasts {
  readonly #forecasts: KeptForecasts;
  readonly #onMade: () => void;
  readonly #kept = new Map<string, Kept>();
  readonly #asked = new Set<string>();
  #work: Promise<void> = Promise.resolve();
  #stop = new AbortController();

  constructor(forecasts: KeptForecasts, onMade: () => void) {
    this.#forecasts = forecasts;
    this.#onMade = onMade;
  }

  /** The outlook on a sale that no reconcile plans, as this observation has it. */
  saleAhead(observation: Observation, salePlan: string): SaleOutlook | undefined {
    const shown = this.#show(`${observation.namespace}/sale ${salePlan}`, observation.now, async signal => {
      const accepted = acceptNamespace(observation);
      const looked = { observation, accepted, events: saleEventsByTarget(accepted) };
      const { sales } = await planAhead({ forecasts: this.#forecasts }, looked, [salePlan], signal);
      return sales.find(outlook => outlook.salePlan === salePlan);
    });
    return shown !== undefined && 'salePlan' in shown ? shown : undefined;
  }

  /** Demand of a target in the coming hours with all sales, or why it is not known. */
  hoursAhead(observation: Observation, target: string): Curve | Missing | undefined {
    const shown = this.#show(`${observation.namespace}/target ${target}`, observation.now, async () => {
      const seen = acceptNamespace(observation);
      const windows = [{ ...hoursWindow(observation, seen, target), neededAt: observation.now + leisureMs }];
      const input = { observation, windows, events: saleEventsByTarget(seen) };
      const forecasts = await this.#forecasts.once(input);
      return hoursDemand(forecasts, { observation, target, seen });
    });
    return shown !== undefined && 'salePlan' in shown ? undefined : shown;
  }

  /** Forgets all, and leaves what is under way unused. */
  clear(): void {
    this.#stop.abort(new Error('this replica stops working'));
    this.#stop = new AbortController();
    this.#kept.clear();
    this.#asked.clear();
  }

  /** Resolves when nothing is being made. */
  async idle(): Promise<void> {
    while (this.#asked.size > 0) await this.#work;
  }

  #show(key: string, now: number, make: (signal: AbortSignal) => Promise<Shown>): Shown {
    const kept = this.#kept.get(key);
    if (kept !== undefined && now - kept.madeAt < freshMs) return kept.shown;
    if (!this.#asked.has(key) && this.#asked.size < mostKept) {
      this.#asked.add(key);
      const { signal } = this.#stop;
      this.#work = this.#work.then(() => this.#make(key, { now, make, signal }));
    }
    return kept?.shown;
  }

  /** A failure is shown as nothing and tried again when it is stale: the reconcile that plans the same tells it. */
  async #make(
    key: string,
    given: {
      readonly now: number;
      readonly make: (signal: AbortSignal) => Promise<Shown>;
      readonly signal: AbortSignal;
    },
  ): Promise<void> {
    const { now, make, signal } = given;
    if (signal.aborted) return;
    const shown = await make(signal).catch(() => undefined);
    if (signal.aborted) return;
    this.#asked.delete(key);
    this.#kept.delete(key);
    this.#kept.set(key, { shown, madeAt: now });
    for (const oldest of [...this.#kept.keys()].slice(0, -mostKept)) this.#kept.delete(oldest);
    this.#onMade();
  }
}
