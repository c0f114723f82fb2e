import type { PlannedTarget } from '../../api/sale-plan.ts';
import type { ScalingTarget } from '../../api/scaling-target.ts';

/** The services of a namespace in layers, callers above the services they call. */
export interface CallGraphView {
  readonly nodes: readonly CallGraphNode[];
  readonly edges: readonly CallGraphEdge[];
}

export interface CallGraphNode {
  readonly target: string;
  /** 0 for services that nobody calls. */
  readonly layer: number;
  readonly isEntryPoint: boolean;
  /** Highest planned minimum, in replicas. */
  readonly floor?: number;
  /** Limit that holds the plan below its need. */
  readonly boundBy?: string;
}

export interface CallGraphEdge {
  readonly from: string;
  readonly to: string;
  /** Calls for each request of `from`. */
  readonly ratio: number;
}

/** Lays out the calls between these services; a circle of calls ends at the layer where it is met again. */
export function callGraphOf(targets: readonly ScalingTarget[], planned: readonly PlannedTarget[]): CallGraphView {
  const known = new Set(targets.map(({ metadata }) => metadata.name));
  const edges = targets.flatMap(({ metadata, spec }) =>
    spec.calls
      .filter(({ target }) => known.has(target))
      .map(call => ({ from: metadata.name, to: call.target, ratio: call.perThousandRequests / 1000 })),
  );
  const layers = layersOf([...known], edges);
  const byName = new Map(planned.map(one => [one.target, one]));
  const nodes = targets.map(({ metadata: { name }, spec }) => {
    const plan = byName.get(name);
    return {
      target: name,
      layer: layers.get(name) ?? 0,
      isEntryPoint: spec.entryPoint,
      ...(plan === undefined ? {} : { floor: Math.max(0, ...plan.steps.map(({ minReplicas }) => minReplicas)) }),
      ...(plan?.boundBy === undefined ? {} : { boundBy: plan.boundBy }),
    };
  });
  return { nodes: nodes.sort((a, b) => a.layer - b.layer || (a.target < b.target ? -1 : 1)), edges };
}

/** The longest way of calls to each service; at most as many rounds as there are services. */
function layersOf(names: readonly string[], edges: readonly CallGraphEdge[]): ReadonlyMap<string, number> {
  const layers = new Map(names.map(name => [name, 0]));
  for (let round = 0, changed = true; changed && round < names.length; round++) {
    changed = false;
    for (const { from, to } of edges) {
      const layer = (layers.get(from) ?? 0) + 1;
      if (layer > (layers.get(to) ?? 0) && layer < names.length) {
        layers.set(to, layer);
        changed = true;
      }
    }
  }
  return layers;
}
