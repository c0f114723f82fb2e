import { type CallGraph, callerAmong, callGraph } from '../api/call-graph.ts';
import { didYouMean } from '../api/faults/closest-word.ts';
import type { ManifestObject } from '../manifests/manifest-object.ts';
import { flashSalesOf, isMeantAsTarget, scalingTargetsOf } from '../manifests/our-objects.ts';
import type { Remark, Rule } from './finding.ts';

/**
 * Checks the call graph of each namespace: every called target and entry point exists, each sale enters somewhere, and
 * no target calls itself through others.
 */
export const checkCallGraph: Rule = {
  code: 'call-graph',
  check: objects => [...Map.groupBy(objects, object => object.namespace).values()].flatMap(checkNamespace),
};

function checkNamespace(objects: readonly ManifestObject[]): readonly Remark[] {
  const targets = scalingTargetsOf(objects);
  const graph = callGraph(targets.map(({ target }) => target));
  // Include targets that cannot be parsed: the rule `schema` reports what is wrong with them.
  const known = new Set(objects.filter(isMeantAsTarget).map(object => object.name));
  const missingCalls = targets.flatMap(({ object, target }) =>
    target.spec.calls.flatMap((call, index) =>
      known.has(call.target)
        ? []
        : [
            {
              object,
              field: ['spec', 'calls', index, 'target'],
              message: `calls ${call.target}, which is not a ScalingTarget in ${object.namespace}${didYouMean(call.target, [...known])}`,
            },
          ],
    ),
  );
  const circles = targets
    .filter(({ target }) => graph.circles.has(target.metadata.name))
    .map(({ object }) => ({
      object,
      field: ['spec', 'calls'],
      message: 'calls itself through other targets: its extra demand would grow without end; remove one of the calls',
    }));
  return [...missingCalls, ...circles, ...entryRemarks(objects, graph, known)];
}

function entryRemarks(
  objects: readonly ManifestObject[],
  graph: CallGraph,
  known: ReadonlySet<string>,
): readonly Remark[] {
  if (known.size === 0) return [];
  return flashSalesOf(objects).flatMap(({ object, sale }) => {
    const entryPoints = sale.spec.entryPoints ?? [];
    const isNowhere = (sale.spec.entryPoints ?? graph.entryPoints).length === 0;
    if (isNowhere && graph.callees.size === known.size) {
      const message = `names no entryPoints and no ScalingTarget in ${object.namespace} is marked entryPoint: say where its traffic enters`;
      return [{ object, field: ['spec'], message }];
    }
    return entryPoints.flatMap((name, index) => {
      const field = ['spec', 'entryPoints', index];
      if (!known.has(name)) {
        const hint = didYouMean(name, [...known]);
        return [{ object, field, message: `entry point ${name} is not a ScalingTarget in ${object.namespace}${hint}` }];
      }
      const caller = callerAmong(name, entryPoints, graph);
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
