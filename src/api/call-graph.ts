import type { ScalingTarget } from './scaling-target.ts';

/** Calls between the targets of a namespace, without those inside a circle. */
export interface CallGraph {
  /** Targets marked entryPoint, by name. */
  readonly entryPoints: readonly string[];
  /** Targets in an order that puts callers before the targets they call; ties are sorted by name. */
  readonly order: readonly string[];
  /** Target → its callers, sorted by name. */
  readonly callers: ReadonlyMap<string, readonly Call[]>;
  /** Target → the targets that it calls, sorted by name. */
  readonly callees: ReadonlyMap<string, readonly string[]>;
  /** Target → names it calls for which there is no target (yet), sorted by name; holds only targets with such calls. */
  readonly unknownCallees: ReadonlyMap<string, readonly string[]>;
  /** Target → all calls that it states, including those on a circle and those to missing targets. */
  readonly stated: ReadonlyMap<string, readonly StatedCall[]>;
  /** Target on a circle → the circle, which begins and ends with that target: `checkout → payments → checkout`. */
  readonly circles: ReadonlyMap<string, readonly string[]>;
}

export interface Call {
  readonly caller: string;
  /** Calls per request that the caller serves. */
  readonly perRequest: number;
}

/**
 * Builds the graph of the targets' `calls`. Leaves out calls to missing targets and calls inside a circle, because
 * demand cannot be summed along a circle; calls into and out of a circle stay.
 */
export function callGraph(targets: readonly ScalingTarget[]): CallGraph {
  const names = targets.map(({ metadata }) => metadata.name).sort();
  const stated = statedCalls(targets, new Set(names));
  const circles = findCircles(names, stated);
  const isOnOneCircle = (one: string, other: string) => circles.get(one)?.members.has(other) ?? false;
  const callees = new Map(
    names.map(name => [name, (stated.get(name) ?? []).map(({ to }) => to).filter(to => !isOnOneCircle(name, to))]),
  );
  const callers = callersOf(names, stated, isOnOneCircle);
  return {
    stated: new Map(
      targets.map(({ metadata, spec }) => [
        metadata.name,
        spec.calls.map(call => ({ to: call.target, perRequest: call.perThousandRequests / 1000 })),
      ]),
    ),
    entryPoints: targets
      .filter(({ spec }) => spec.entryPoint)
      .map(({ metadata }) => metadata.name)
      .sort(),
    unknownCallees: strangersOf(targets, new Set(names)),
    order: callersFirst(names, callers),
    callers,
    callees,
    circles: new Map([...circles].map(([name, { path }]) => [name, path])),
  };
}

function callersOf(
  names: readonly string[],
  stated: StatedCalls,
  isOnOneCircle: (one: string, other: string) => boolean,
): ReadonlyMap<string, readonly Call[]> {
  const callers = new Map<string, Call[]>(names.map(name => [name, []]));
  for (const caller of names) {
    for (const { to, perRequest } of stated.get(caller) ?? []) {
      if (!isOnOneCircle(caller, to)) callers.get(to)?.push({ caller, perRequest });
    }
  }
  return callers;
}

/** Returns the targets that requests entering at `entryPoints` reach, including the entry points, sorted by name. */
export function reach(graph: CallGraph, entryPoints: readonly string[]): readonly string[] {
  const known = reaches.get(graph) ?? new Map<string, readonly string[]>();
  reaches.set(graph, known);
  const key = entryPoints.join();
  const found = known.get(key) ?? [...reachFrom(entryPoints, name => graph.callees.get(name) ?? [])].sort();
  known.set(key, found);
  return found;
}

/** What was reached, by graph and entry points: a thousand sales enter at the same few. */
const reaches = new WeakMap<CallGraph, Map<string, readonly string[]>>();

/**
 * Returns another entry point whose calls reach `name`: with both, the same traffic would be counted twice. Undefined
 * when there is none.
 */
export function callerAmong(name: string, entryPoints: readonly string[], graph: CallGraph): string | undefined {
  return entryPoints.find(other => other !== name && reach(graph, [other]).includes(name));
}

/** One call as a target states it. */
export interface StatedCall {
  readonly to: string;
  readonly perRequest: number;
}

type StatedCalls = ReadonlyMap<string, readonly StatedCall[]>;

function statedCalls(targets: readonly ScalingTarget[], known: ReadonlySet<string>): StatedCalls {
  return new Map(
    targets.map(({ metadata, spec }) => [
      metadata.name,
      spec.calls
        .filter(call => known.has(call.target))
        .map(call => ({ to: call.target, perRequest: call.perThousandRequests / 1000 }))
        .sort((a, b) => (a.to < b.to ? -1 : 1)),
    ]),
  );
}

function strangersOf(targets: readonly ScalingTarget[], known: ReadonlySet<string>) {
  const called = targets.map(({ metadata, spec }): [string, readonly string[]] => [
    metadata.name,
    spec.calls.map(call => call.target).filter(name => !known.has(name)),
  ]);
  return new Map(called.filter(([, names]) => names.length > 0).map(([name, names]) => [name, names.toSorted()]));
}

interface Circle {
  readonly members: ReadonlySet<string>;
  readonly path: readonly string[];
}

/** Finds the circles: two targets are on one circle when each reaches the other. */
function findCircles(names: readonly string[], calls: StatedCalls): ReadonlyMap<string, Circle> {
  const next = (name: string) => (calls.get(name) ?? []).map(({ to }) => to);
  const below = new Map(names.map(name => [name, reachFrom(next(name), next)]));
  const circular = names.filter(name => below.get(name)?.has(name));
  return new Map(
    circular.map(name => {
      const members = new Set(circular.filter(other => below.get(name)?.has(other) && below.get(other)?.has(name)));
      return [name, { members, path: circleFrom(name, members, next) }];
    }),
  );
}

/**
 * Finds the shortest path from `name` back to itself, breadth first and sorted by name, so that the result is stable.
 */
function circleFrom(
  name: string,
  members: ReadonlySet<string>,
  next: (name: string) => readonly string[],
): readonly string[] {
  const ways: (readonly string[])[] = [[name]];
  const seen = new Set<string>();
  for (const way of ways) {
    for (const to of next(way.at(-1) ?? name)) {
      if (to === name) return [...way, name];
      if (!members.has(to) || seen.has(to)) continue;
      seen.add(to);
      ways.push([...way, to]);
    }
  }
  return [name];
}

function reachFrom(from: readonly string[], next: (name: string) => readonly string[]): ReadonlySet<string> {
  const reached = new Set<string>();
  const open = [...from];
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    if (reached.has(name)) continue;
    reached.add(name);
    open.push(...next(name));
  }
  return reached;
}

/** Sorts callers before callees: repeatedly takes the names whose callers are all placed (Kahn's algorithm). */
function callersFirst(names: readonly string[], callers: ReadonlyMap<string, readonly Call[]>): readonly string[] {
  const placed = new Set<string>();
  const waiting = new Set(names);
  while (waiting.size > 0) {
    const ready = [...waiting].filter(name => (callers.get(name) ?? []).every(({ caller }) => placed.has(caller)));
    for (const name of ready) {
      placed.add(name);
      waiting.delete(name);
    }
  }
  return [...placed];
}
