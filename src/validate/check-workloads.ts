import { z } from 'zod';
import { type LabelSelector, labelSelectorSchema, matches, selectorSlip } from '../manifests/label-selector.ts';
import type { ManifestObject } from '../manifests/manifest-object.ts';
import type { Remark, Rule } from './finding.ts';
import { objectsOf, selects } from './known-objects.ts';
import { podTemplatesOf } from './pods/pod-templates-of.ts';

const changing = /(^|\/)(version|revision|commit|build|pod-template-hash|metadata\.addr)$/;

const metadataSchema = z.looseObject({ metadata: z.looseObject({ namespace: z.string().nullish() }) });

/**
 * Checks selectors: they cannot change (the API server refuses it), so they must not contain what a deploy or a
 * refactoring changes. A version that the workload's own name ends in, as `reviews-v2`, belongs to it for good.
 */
export const checkSelectors: Rule = {
  code: 'selector',
  check: objects =>
    objectsOf(objects, 'Workload').flatMap(({ object, spec }): readonly Remark[] => {
      const { matchLabels = {} } = spec.selector;
      const unstable = Object.entries(matchLabels)
        .filter(([key, value]) => changing.test(key) && !object.name.endsWith(`-${value}`))
        .map(([key]) => key);
      const selector = labelSelectorSchema.safeParse(spec.selector).data ?? {};
      if (!matches(selector, spec.template.metadata?.labels ?? {})) {
        return [
          {
            object,
            field: ['spec', 'selector'],
            message: "does not select its own pods: the template's labels differ",
          },
        ];
      }
      return unstable.map(key => ({
        object,
        field: ['spec', 'selector', 'matchLabels'],
        message: `selects by ${key}, which changes with each deploy, but a selector cannot change`,
      }));
    }),
};

/** Checks that a disruption budget can be satisfied at the HPA's minimum; otherwise it blocks every drain of a node. */
export const checkDisruptionBudgets: Rule = {
  code: 'disruption-budget',
  check: objects =>
    objectsOf(objects, 'PodDisruptionBudget').flatMap(({ object, spec }): readonly Remark[] => {
      const workload = objectsOf(objects, 'Workload').find(
        each =>
          each.object.namespace === object.namespace &&
          selects(spec.selector.matchLabels, each.spec.template.metadata?.labels),
      );
      if (workload === undefined) {
        return [unselecting(object, spec.selector, objects)];
      }
      const replicas = lowestReplicas(objects, workload.object, workload.spec.replicas);
      if (spec.maxUnavailable === 0 || spec.maxUnavailable === '0%') {
        return [
          {
            object,
            field: ['spec', 'maxUnavailable'],
            message: 'allows no eviction: a node with one of these pods cannot be drained',
          },
        ];
      }
      if (spec.minAvailable === undefined || podsOf(spec.minAvailable, replicas) < replicas) return [];
      return [
        {
          object,
          field: ['spec', 'minAvailable'],
          message: `needs ${spec.minAvailable} available pods of at least ${replicas}: a node with one of them cannot be drained outside peaks`,
        },
      ];
    }),
};

/** A budget that protects nothing: an error where the pods that are meant are among the objects. */
function unselecting(
  object: ManifestObject,
  { matchLabels }: LabelSelector,
  objects: readonly ManifestObject[],
): Remark {
  const around = podTemplatesOf(objects).filter(each => each.object.namespace === object.namespace);
  const slip = selectorSlip(
    matchLabels,
    around.map(({ labels }) => labels),
  );
  const own = around.find(each => each.object.name === object.name)?.object;
  const why =
    slip ??
    (own === undefined ? undefined : `its selector differs from the labels of the pods of ${own.kind} ${own.name}`);
  return {
    object,
    field: ['spec', 'selector'],
    severity: why === undefined ? 'warning' : 'error',
    message: `selects no workload of this folder${why === undefined ? '' : `: ${why}`}`,
  };
}

/**
 * Checks that no object is written twice: which one takes effect would depend on their order. In two files it is an
 * error where both name the same namespace; without one they may be alternatives, as of a base and its overlays.
 */
export const checkDuplicates: Rule = {
  code: 'duplicate',
  check: objects =>
    [
      ...Map.groupBy(
        objects.filter(({ name }) => !name.endsWith('*')),
        ({ apiVersion, kind, namespace, name }) => `${apiVersion.split('/')[0]} ${kind} ${namespace}/${name}`,
      ).values(),
    ].flatMap(([first, ...others]) =>
      others.map(object => ({
        object,
        severity: object.file === first?.file || isNamespaced(object) ? ('error' as const) : ('warning' as const),
        message: `is also in ${first?.file}`,
      })),
    ),
};

/** Whether the manifest itself names the namespace. */
function isNamespaced({ namespace, value }: ManifestObject): boolean {
  return namespace !== '' && metadataSchema.safeParse(value).data?.metadata.namespace != null;
}

/** The number of pods of a budget; a percentage is rounded up, as the disruption controller does. */
function podsOf(stated: number | string, replicas: number): number {
  return typeof stated === 'number' ? stated : Math.ceil((Number.parseFloat(stated) / 100) * replicas);
}

/** The fewest replicas of a workload: its HPA's minimum, else what it states, else one. */
export function lowestReplicas(
  objects: readonly ManifestObject[],
  workload: ManifestObject,
  stated: number | undefined,
): number {
  const autoscaler = objectsOf(objects, 'HorizontalPodAutoscaler').find(
    ({ object, spec }) => object.namespace === workload.namespace && spec.scaleTargetRef.name === workload.name,
  );
  return autoscaler?.spec.minReplicas ?? stated ?? 1;
}
