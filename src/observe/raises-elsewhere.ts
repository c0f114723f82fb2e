import { parseInstant } from '../api/instant.ts';
import { tierRank } from '../api/scaling-target.ts';
import { type NamespaceObjects, readable } from './namespace-objects.ts';
import { namespaceRaises } from './namespace-raises.ts';
import type { Raises } from './raises.ts';
import type { ClusterWatch } from './watch-cluster.ts';

/** Milliseconds between two starts within which the raises for them may delay each other. */
const reachMs = 3_600_000;

/** The raises of one namespace and the cached objects that they were read from. */
interface Known {
  readonly from: readonly unknown[];
  readonly raises: readonly Raises[];
  /** Starts of its sales, epoch ms. */
  readonly starts: readonly number[];
}

/**
 * The raises that each namespace needs, so that the others plan with them: all share one budget of writes and one
 * kube-controller-manager. It is a cache of a function of the cached objects; losing it costs only the time to compute
 * it again.
 */
export class RaisesElsewhere {
  readonly #watch: Pick<ClusterWatch, 'namespaces' | 'read'>;
  #known: ReadonlyMap<string, Known> = new Map();

  constructor(watch: Pick<ClusterWatch, 'namespaces' | 'read'>) {
    this.#watch = watch;
  }

  /** Reads the namespaces whose objects have changed; returns the others whose sales are near to what is new there. */
  refresh(): readonly string[] {
    const before = this.#known;
    this.#known = new Map(
      this.#watch.namespaces().map(namespace => [namespace, known(this.#watch.read(namespace), before.get(namespace))]),
    );
    const changed = [...new Set([...before.keys(), ...this.#known.keys()])].flatMap(namespace =>
      changedStarts(before.get(namespace), this.#known.get(namespace)).map(start => ({ namespace, start })),
    );
    if (changed.length === 0) return [];
    return [...this.#known]
      .filter(([namespace, { starts }]) =>
        changed.some(change => change.namespace !== namespace && isNear(change.start, starts)),
      )
      .map(([namespace]) => namespace);
  }

  /** Sums up the raises of all other namespaces for sales that start near one of this namespace's, by start and tier. */
  seenFrom(namespace: string, clockSkewMs = 0): readonly Raises[] {
    if (!this.#known.has(namespace)) this.refresh();
    const starts = this.#known.get(namespace)?.starts ?? [];
    const sums = new Map<string, Raises>();
    for (const [other, { raises }] of this.#known) {
      if (other === namespace) continue;
      for (const one of raises) if (isNear(one.start, starts)) add(sums, one, clockSkewMs);
    }
    return [...sums.values()].sort((a, b) => a.start - b.start || tierRank(a.tier) - tierRank(b.tier));
  }
}

function known(objects: NamespaceObjects, before: Known | undefined): Known {
  const { sales, salePlans, targets, policies } = objects;
  const from = [...sales, ...salePlans, ...targets, ...policies];
  if (before?.from.length === from.length && from.every((object, index) => object === before.from[index]))
    return before;
  const single = readable(sales).map(({ spec }) => parseInstant(spec.startTime));
  const dates = readable(salePlans)
    .filter(({ status }) => status?.review === undefined)
    .flatMap(({ spec: { sale } }) => sale.occurrence?.startTime ?? []);
  return { from, raises: namespaceRaises(objects), starts: [...single, ...dates.map(parseInstant)] };
}

function changedStarts(before: Known | undefined, after: Known | undefined): readonly number[] {
  if (before === after) return [];
  const all = [...(before?.raises ?? []), ...(after?.raises ?? [])];
  const told = (known: Known | undefined, start: number) =>
    JSON.stringify(known?.raises.filter(raises => raises.start === start) ?? []);
  return [...new Set(all.map(({ start }) => start))].filter(start => told(before, start) !== told(after, start));
}

function isNear(start: number, starts: readonly number[]): boolean {
  return starts.some(own => Math.abs(own - start) <= reachMs);
}

function add(sums: Map<string, Raises>, one: Raises, clockSkewMs: number): void {
  const key = `${one.start} ${one.tier}`;
  const sum = sums.get(key);
  const knownAt = one.knownAt + clockSkewMs;
  sums.set(key, {
    ...one,
    raises: one.raises + (sum?.raises ?? 0),
    pods: one.pods + (sum?.pods ?? 0),
    knownAt: Math.max(knownAt, sum?.knownAt ?? knownAt),
  });
}
