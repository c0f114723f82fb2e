import { type PodShape, podRequest } from '../../api/pods/pod-requests.ts';

/** The most placeholder pods for one pod; smaller ones keep room in pieces that no pod fits. */
const mostPerPod = 4;

/** Resources that the scheduler finds room for and Headstart reads. */
const counted = ['cpu', 'memory'] as const;

/**
 * Counts the placeholder pods that request at least as much as so many pods of a target, of cpu and of memory.
 *
 *   a placeholder requests           →  placeholders for each pod
 *   as much as a pod, or more           1
 *   half as much of one resource        2
 *   a hundredth, or nothing             4, the most
 *
 * Where the requests of either are not known, one stands for one.
 */
export function placeholderCount(
  pods: number,
  { pod, placeholder }: { readonly pod: PodShape | undefined; readonly placeholder: PodShape | undefined },
): number {
  if (pod === undefined || placeholder === undefined) return pods;
  const ratios = counted.map(resource => {
    const needed = podRequest(pod, resource);
    return needed === 0 ? 1 : needed / podRequest(placeholder, resource);
  });
  const perPod = Math.min(mostPerPod, Math.max(1, ...ratios));
  return Math.ceil(pods * perPod - 1e-9);
}

/** Whether placeholders request less than the pods that they keep room for. */
export function areTooSmall(pod: PodShape | undefined, placeholder: PodShape | undefined): boolean {
  return placeholderCount(1, { pod, placeholder }) > 1;
}

/** Whether pods request neither cpu nor memory, so that the scheduler keeps no room for them. */
export function requestsNothing(pod: PodShape | undefined): boolean {
  return pod !== undefined && counted.every(resource => podRequest(pod, resource) === 0);
}
