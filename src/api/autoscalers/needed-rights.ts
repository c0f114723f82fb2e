import type { WorkloadRef } from '../workload-key.ts';
import { type AutoscalerKind, boundsFields } from './autoscaler-kind.ts';

/** One verb on one kind of object, as RBAC grants it. */
export interface Right {
  readonly verb: 'list' | 'patch';
  readonly group: string;
  /** With its subresource: `deployments/scale`. */
  readonly resource: string;
}

const plurals: Readonly<Record<AutoscalerKind, string>> = {
  HorizontalPodAutoscaler: 'horizontalpodautoscalers',
  ScaledObject: 'scaledobjects',
};

/** Workloads whose plural is known without asking the API server. */
const workloads: ReadonlyMap<string, string> = new Map([
  ['Deployment', 'deployments'],
  ['StatefulSet', 'statefulsets'],
]);

/** Returns the rights that opening and closing room on nodes takes, by what keeps it. */
export function roomRights(nodeRoom: 'None' | 'PlaceholderPods' | 'CapacityBuffer'): readonly Right[] {
  if (nodeRoom === 'None') return [];
  if (nodeRoom === 'PlaceholderPods') return [{ verb: 'patch', group: 'apps', resource: 'deployments/scale' }];
  const buffers = { group: 'autoscaling.x-k8s.io', resource: 'capacitybuffers' };
  return [
    { verb: 'list', ...buffers },
    { verb: 'patch', ...buffers },
  ];
}

const always: readonly Right[] = [
  { verb: 'list', group: 'autoscaling', resource: 'horizontalpodautoscalers' },
  { verb: 'patch', group: 'headstart.dev', resource: 'scalingtargets' },
  { verb: 'patch', group: 'headstart.dev', resource: 'scalingtargets/status' },
];

/**
 * Returns the rights that a raise of a target takes, in the order in which they are used.
 *
 *   scaled by                          →  rights
 *   anything                              list HPAs, patch the ScalingTarget and its status, which records the raise
 *   an HPA or a ScaledObject              patch that
 *   none, a Deployment or StatefulSet     list these, patch their scale
 *   none, another kind                    not asked for: the look-up of its scale tells what is refused
 */
export function neededRights({
  target,
  autoscalers,
}: {
  readonly target: { readonly spec: { readonly workloadRef: WorkloadRef } };
  readonly autoscalers: readonly { readonly objectKind?: AutoscalerKind | undefined }[];
}): readonly Right[] {
  const written = autoscalers.map(({ objectKind }): Right => {
    const { apiVersion, kind } = boundsFields(objectKind);
    return { verb: 'patch', group: apiVersion.split('/')[0] ?? '', resource: plurals[kind] };
  });
  if (written.length > 0) return [...always, ...written];
  const { apiVersion, kind } = target.spec.workloadRef;
  const plural = apiVersion === 'apps/v1' ? workloads.get(kind) : undefined;
  if (plural === undefined) return always;
  return [
    ...always,
    { verb: 'list', group: 'apps', resource: plural },
    { verb: 'patch', group: 'apps', resource: `${plural}/scale` },
  ];
}

/** Returns a right in one word, by which two are compared. */
export function rightKey({ verb, group, resource }: Right): string {
  return `${verb} ${group}/${resource}`;
}
