/** The called names of each caller. */
export type Edges = ReadonlyMap<string, readonly string[]>;

/** Returns every name that can be reached from a name over the edges; the name itself only when it is on a cycle. */
export function findReachable(edges: Edges, from: string): ReadonlySet<string> {
  const reached = new Set<string>();
  const waiting = [...(edges.get(from) ?? [])];
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    if (reached.has(name)) continue;
    reached.add(name);
    waiting.push(...(edges.get(name) ?? []));
  }
  return reached;
}

/**
 * Finds one cycle, as the names along it with the first repeated at the end; undefined when there is none. Linear in
 * the edges.
 */
export function findCycle(edges: Edges): readonly string[] | undefined {
  const finished = new Set<string>();
  for (const start of edges.keys()) {
    const trail: { readonly name: string; next: number }[] = [{ name: start, next: 0 }];
    const onTrail = new Set([start]);
    for (let top = trail.at(-1); top !== undefined; top = trail.at(-1)) {
      const callee = finished.has(top.name) ? undefined : edges.get(top.name)?.[top.next++];
      if (callee === undefined) {
        finished.add(top.name);
        onTrail.delete(top.name);
        trail.pop();
      } else if (onTrail.has(callee)) {
        const names = trail.map(each => each.name);
        return [...names.slice(names.indexOf(callee)), callee];
      } else {
        onTrail.add(callee);
        trail.push({ name: callee, next: 0 });
      }
    }
  }
  return undefined;
}
