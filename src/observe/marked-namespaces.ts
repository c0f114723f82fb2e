import type { Change } from '../kube/watch/object-cache.ts';
import { isMarked } from './strays/observe-unrecorded.ts';
import type { AutoscalerRecord } from './workloads/observe-autoscaler.ts';

/** Namespaces with an HPA at the bounds that Headstart's annotations state, kept from each change of an HPA. */
export class MarkedNamespaces {
  /** Namespace → names of its HPAs. */
  readonly #names = new Map<string, Set<string>>();

  /** Records one change; bound, so that it can be passed on as a callback. */
  readonly note = ({ type, namespace, name, value }: Change<AutoscalerRecord>): void => {
    const names = this.#names.get(namespace) ?? new Set<string>();
    if (type !== 'Deleted' && isMarked(value)) names.add(name);
    else names.delete(name);
    if (names.size > 0) this.#names.set(namespace, names);
    else this.#names.delete(namespace);
  };

  /** Lists the namespaces, unordered. */
  names(): readonly string[] {
    return [...this.#names.keys()];
  }
}
