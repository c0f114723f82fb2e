import type { Counter, Gauge } from 'prom-client';

type Labels = Readonly<Record<string, string>>;

/** Value of one series of a gauge. */
export interface Sample {
  readonly gauge: Pick<Gauge, 'set' | 'remove'>;
  readonly labels: Labels;
  readonly value: number;
}

/** Counter whose series are added and removed. */
type Counted = Pick<Counter, 'inc' | 'remove'>;

/**
 * Series of each namespace on /metrics. Samples replace all earlier ones of their namespace, so a deleted object leaves
 * no series; counters stay until the namespace is forgotten.
 */
export class NamespaceSeries {
  readonly #samples = new Map<string, readonly Sample[]>();
  /** Namespace → counter → labels, keyed by their JSON. */
  readonly #counted = new Map<string, Map<Counted, Map<string, Labels>>>();

  /** Namespaces that have a series, unordered. */
  get namespaces(): readonly string[] {
    return [...new Set([...this.#samples.keys(), ...this.#counted.keys()])];
  }

  /** Sets the gauges of a namespace and removes its gauge series that are not among the samples. */
  set(namespace: string, samples: readonly Sample[]): void {
    this.#removeSamples(namespace);
    for (const { gauge, labels, value } of samples) gauge.set({ ...labels }, value);
    this.#samples.set(namespace, samples);
  }

  /** Adds to a counter; adding 0 starts its series at 0, so that the first increase is visible. */
  count(namespace: string, counter: Counted, { labels, by }: { readonly labels: Labels; readonly by: number }): void {
    counter.inc({ ...labels }, by);
    const counters = this.#counted.get(namespace) ?? new Map<Counted, Map<string, Labels>>();
    const series = counters.get(counter) ?? new Map<string, Labels>();
    series.set(JSON.stringify(labels), labels);
    this.#counted.set(namespace, counters.set(counter, series));
  }

  /** Removes every series of a namespace, including counters. */
  forget(namespace: string): void {
    this.#removeSamples(namespace);
    this.keepCounts(namespace, () => false);
    this.#counted.delete(namespace);
  }

  /** Removes the counter series of a namespace for which `isKept` is false. */
  keepCounts(namespace: string, isKept: (labels: Labels) => boolean): void {
    for (const [counter, series] of this.#counted.get(namespace) ?? []) {
      for (const [text, labels] of series) {
        if (isKept(labels)) continue;
        counter.remove({ ...labels });
        series.delete(text);
      }
    }
  }

  /** Removes every series: a replica that no longer leads must not report outdated values. */
  clear(): void {
    for (const namespace of this.namespaces) this.forget(namespace);
  }

  #removeSamples(namespace: string): void {
    for (const { gauge, labels } of this.#samples.get(namespace) ?? []) gauge.remove({ ...labels });
    this.#samples.delete(namespace);
  }
}
