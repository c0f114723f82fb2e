import type { PodsObservation } from './capacity-observation.ts';
import { parseSelector } from './label-selector.ts';
import type { PodRecord } from './observe-pod.ts';

/** Finds the pods of a selector. */
export type FindPods = (selector: string) => PodsObservation;

/**
 * Prepares the pods of a namespace to be found by selector, with times in our own clock. Pods are kept by label, so that
 * a thousand workloads cost no thousand looks at each pod.
 */
export function findPods(records: readonly PodRecord[], skewMs: number): FindPods {
  const byLabel = new Map<string, PodRecord[]>();
  for (const record of records) {
    for (const [key, value] of Object.entries(record.labels)) {
      const label = `${key}=${value}`;
      const same = byLabel.get(label);
      if (same === undefined) byLabel.set(label, [record]);
      else same.push(record);
    }
  }
  return selector => {
    const label = /^[^\s,=!()]+=[^\s,()]*/.exec(selector)?.[0];
    const candidates = label === undefined ? records : (byLabel.get(label) ?? []);
    const isSelected = parseSelector(selector);
    const selected = candidates.filter(({ labels }) => isSelected(labels));
    const priorities = selected.flatMap(({ priority }) => priority ?? []);
    return {
      ...(priorities.length === 0 ? {} : { priority: Math.max(...priorities) }),
      readySince: selected
        .flatMap(({ readySince }) => (readySince === undefined ? [] : [readySince + skewMs]))
        .sort((a, b) => a - b),
      unready: selected
        .flatMap(({ unready }) =>
          unready === undefined ? [] : [{ ...unready, createdAt: unready.createdAt + skewMs }],
        )
        .sort((a, b) => (a.name < b.name ? -1 : 1)),
    };
  };
}
