import { z } from 'zod';
import { labelSelectorSchema, matches } from '../../manifests/label-selector.ts';
import type { ManifestObject } from '../../manifests/manifest-object.ts';
import type { Remark, Rule } from '../finding.ts';
import { objectsOf } from '../known-objects.ts';
import { podTemplatesOf } from '../pods/pod-templates-of.ts';

const selectorSchema = z.looseObject({ spec: z.looseObject({ selector: labelSelectorSchema }) });

/** Checks that a pod belongs to one workload and to one disruption budget: two of them take each other's pods for their own. */
export const checkOverlaps: Rule = {
  code: 'selector',
  check: objects => [...sharedBudgets(objects), ...sharedPods(objects)],
};

/** Budgets that share a pod: the API server refuses to evict it, and so its node is never drained. */
function sharedBudgets(objects: readonly ManifestObject[]): readonly Remark[] {
  const budgets = selectorsOf(objects, ['PodDisruptionBudget']);
  const pods = podTemplatesOf(objects);
  return budgets.flatMap(({ object, selector }, index): readonly Remark[] => {
    const own = pods.filter(each => each.object.namespace === object.namespace && matches(selector, each.labels));
    const rival = budgets
      .slice(0, index)
      .find(each => isRival(each.object, object) && own.some(({ labels }) => matches(each.selector, labels)));
    if (rival === undefined) return [];
    const message = `selects pods that ${rival.object.name} selects, too: a pod with two budgets cannot be evicted`;
    const severity = isTogether(rival.object, object) ? 'error' : 'warning';
    return [{ code: 'disruption-budget', object, field: ['spec', 'selector'], severity, message }];
  });
}

/** Whether both are applied side by side: two of one name replace each other. */
function isRival(one: ManifestObject, other: ManifestObject): boolean {
  return one.namespace === other.namespace && one.kind === other.kind && one.name !== other.name;
}

/** Whether both are surely applied together; those of several folders may be alternatives. */
function isTogether(one: ManifestObject, other: ManifestObject): boolean {
  const folderOf = ({ file }: ManifestObject) => file.slice(0, file.lastIndexOf('/') + 1);
  return folderOf(one) === folderOf(other);
}

/** Workloads of one kind that select each other's pods: an error where an HPA divides by their number. */
function sharedPods(objects: readonly ManifestObject[]): readonly Remark[] {
  const scaled = new Set(
    objectsOf(objects, 'HorizontalPodAutoscaler').map(
      ({ object, spec: { scaleTargetRef: ref } }) => `${object.namespace}/${ref.kind}/${ref.name}`,
    ),
  );
  const labels = new Map(podTemplatesOf(objects).map(each => [each.object, each.labels]));
  const workloads = selectorsOf(objects, ['Deployment', 'StatefulSet', 'DaemonSet', 'ReplicaSet']);
  const around = Map.groupBy(workloads, ({ object }) => `${object.namespace} ${object.kind}`);
  return [...around.values()].flatMap(group =>
    group.flatMap((later, index) => {
      const rival = group
        .slice(0, index)
        .find(
          earlier =>
            isRival(earlier.object, later.object) &&
            matches(earlier.selector, labels.get(later.object) ?? {}) &&
            matches(later.selector, labels.get(earlier.object) ?? {}),
        );
      if (rival === undefined) return [];
      const { object } = later;
      const isScaled = [rival.object, object].some(each => scaled.has(`${each.namespace}/${each.kind}/${each.name}`));
      const severity = isScaled && isTogether(rival.object, object) ? ('error' as const) : ('warning' as const);
      const message = `selects the pods of ${object.kind} ${rival.object.name}, which selects its own${isScaled ? ': the HPA counts both' : ''}; give each a label of its own`;
      return [{ object, field: ['spec', 'selector'], severity, message }];
    }),
  );
}

function selectorsOf(objects: readonly ManifestObject[], kinds: readonly string[]) {
  return objects.flatMap(object => {
    if (!kinds.includes(object.kind) || !/^(apps|policy)\/v1$/.test(object.apiVersion)) return [];
    const selector = selectorSchema.safeParse(object.value).data?.spec.selector;
    const isEmpty = Object.keys(selector?.matchLabels ?? {}).length + (selector?.matchExpressions ?? []).length === 0;
    return selector === undefined || isEmpty ? [] : [{ object, selector }];
  });
}
