import type { CallGraph } from '../../api/call-graph.ts';

/**
 * Requests that each target gets for one request at an entry point, along all ways, by target name. Where several entry
 * points reach a target the smallest number counts, so that what its requests are worth is never told too low. A target
 * that none reaches counts as one itself (1). Entry points are those marked so, else the targets without callers.
 */
export function requestsPerEntry(graph: CallGraph): ReadonlyMap<string, number> {
  const marked = graph.entryPoints;
  const entries = marked.length > 0 ? marked : graph.order.filter(name => (graph.callers.get(name) ?? []).length === 0);
  const least = new Map<string, number>();
  for (const entry of entries)
    for (const [name, requests] of requestsFrom(entry, graph))
      least.set(name, Math.min(requests, least.get(name) ?? Number.POSITIVE_INFINITY));
  for (const name of graph.order) if (!least.has(name)) least.set(name, 1);
  return least;
}

/** Requests at each target that one request at `entry` causes; only targets that it reaches. */
function requestsFrom(entry: string, graph: CallGraph): ReadonlyMap<string, number> {
  const requests = new Map([[entry, 1]]);
  for (const name of graph.order) {
    const calls = (graph.callers.get(name) ?? []).filter(({ caller }) => requests.has(caller));
    if (name === entry || calls.length === 0) continue;
    requests.set(
      name,
      calls.reduce((sum, { caller, perRequest }) => sum + (requests.get(caller) ?? 0) * perRequest, 0),
    );
  }
  return requests;
}
