import type { Remark, Rule } from './finding.ts';
import type { ManifestObject } from './manifest-object.ts';
import { flashSalesOf, scalingTargetsOf } from './our-objects.ts';

/**
 * Checks the call graph of each namespace: every called target and entry point exists, and no target calls itself
 * through others.
 */
export const checkCallGraph: Rule = {
  name: 'call-graph',
  check: objects => [...Map.groupBy(objects, object => object.namespace).values()].flatMap(checkNamespace),
};

function checkNamespace(objects: readonly ManifestObject[]): readonly Remark[] {
  const targets = scalingTargetsOf(objects);
  const edges = new Map(
    targets.map(({ target }) => [target.metadata.name, target.spec.calls.map(call => call.target)]),
  );
  // Include targets that cannot be parsed: the rule `schema` reports what is wrong with them.
  const known = new Set(objects.filter(object => object.kind === 'ScalingTarget').map(object => object.name));
  const missingCalls = targets.flatMap(({ object, target }) =>
    target.spec.calls.flatMap((call, index) =>
      known.has(call.target)
        ? []
        : [
            {
              object,
              field: ['spec', 'calls', index, 'target'],
              message: `calls ${call.target}, which is not a ScalingTarget in ${object.namespace}`,
            },
          ],
    ),
  );
  const circles = targets
    .filter(({ target }) => reachableFrom(edges, target.metadata.name).has(target.metadata.name))
    .map(({ object }) => ({
      object,
      field: ['spec', 'calls'],
      message: 'calls itself through other targets: its extra demand would grow without end; remove one of the calls',
    }));
  return [...missingCalls, ...circles, ...entryRemarks(objects, edges, known)];
}

function entryRemarks(
  objects: readonly ManifestObject[],
  edges: ReadonlyMap<string, readonly string[]>,
  known: ReadonlySet<string>,
): readonly Remark[] {
  if (known.size === 0) return [];
  return flashSalesOf(objects).flatMap(({ object, sale }) => {
    const entryPoints = sale.spec.entryPoints ?? [];
    return entryPoints.flatMap((name, index) => {
      const field = ['spec', 'entryPoints', index];
      if (!known.has(name))
        return [{ object, field, message: `entry point ${name} is not a ScalingTarget in ${object.namespace}` }];
      const caller = entryPoints.find(other => other !== name && reachableFrom(edges, other).has(name));
      return caller === undefined
        ? []
        : [
            {
              object,
              field,
              message: `entry point ${name} is already reached from ${caller}: its traffic would count twice`,
            },
          ];
    });
  });
}

function reachableFrom(edges: ReadonlyMap<string, readonly string[]>, from: string): ReadonlySet<string> {
  const reached = new Set<string>();
  const waiting = [...(edges.get(from) ?? [])];
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    if (reached.has(name)) continue;
    reached.add(name);
    waiting.push(...(edges.get(name) ?? []));
  }
  return reached;
}
