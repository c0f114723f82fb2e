import type { Counter, Gauge } from 'prom-client';

type Labels = Readonly<Record<string, string>>;

/** A value of one series of a gauge. */
export interface Sample {
  readonly gauge: Pick<Gauge, 'set' | 'remove'>;
  readonly labels: Labels;
  readonly value: number;
}

/** Series of one counter. */
type Counted = Pick<Counter, 'inc' | 'remove'>;

/**
 * The series of each namespace on /metrics. Samples replace all earlier ones of their namespace, so what is gone from it
 * leaves no series; counters stay until the namespace is forgotten.
 */
export class NamespaceSeries {
  readonly #samples = new Map<string, readonly Sample[]>();
  /** Namespace → counter → labels by their text. */
  readonly #counted = new Map<string, Map<Counted, Map<string, Labels>>>();

  /** Namespaces that have a series, in no order. */
  get namespaces(): readonly string[] {
    return [...new Set([...this.#samples.keys(), ...this.#counted.keys()])];
  }

  /** Sets the gauges of a namespace, and removes every series of theirs that is not among the samples. */
  set(namespace: string, samples: readonly Sample[]): void {
    this.#removeSamples(namespace);
    for (const { gauge, labels, value } of samples) gauge.set({ ...labels }, value);
    this.#samples.set(namespace, samples);
  }

  /** Adds to a counter; 0 makes its series begin at 0, so that a first increase is seen as one. */
  count(namespace: string, counter: Counted, { labels, by }: { readonly labels: Labels; readonly by: number }): void {
    counter.inc({ ...labels }, by);
    const counters = this.#counted.get(namespace) ?? new Map<Counted, Map<string, Labels>>();
    const series = counters.get(counter) ?? new Map<string, Labels>();
    series.set(JSON.stringify(labels), labels);
    this.#counted.set(namespace, counters.set(counter, series));
  }

  /** Removes every series of a namespace, counters too. */
  forget(namespace: string): void {
    this.#removeSamples(namespace);
    this.keepCounts(namespace, () => false);
    this.#counted.delete(namespace);
  }

  /** Removes the counters' series of a namespace that are not to be kept. */
  keepCounts(namespace: string, isKept: (labels: Labels) => boolean): void {
    for (const [counter, series] of this.#counted.get(namespace) ?? []) {
      for (const [text, labels] of series) {
        if (isKept(labels)) continue;
        counter.remove({ ...labels });
        series.delete(text);
      }
    }
  }

  /** Removes every series: a replica that does not lead any more must not go on telling what it saw last. */
  clear(): void {
    for (const namespace of this.namespaces) this.forget(namespace);
  }

  #removeSamples(namespace: string): void {
    for (const { gauge, labels } of this.#samples.get(namespace) ?? []) gauge.remove({ ...labels });
    this.#samples.delete(namespace);
  }
}
