import type { Clock } from '../../api/clock.ts';
import { ownValue } from '../../api/names/own-value.ts';
import type { ObjectStore } from '../../apiserver/store/object-store.ts';
import type { StepChange } from '../../simulate/step-series.ts';
import { type AutoscalerObject, autoscalerResource, isReady, type Pod, pods, workloadOf } from './workload-objects.ts';

/** The history of what the API showed, by workload; grows while the cluster runs. */
export interface ClusterRecord {
  /** The number of ready pods. */
  readonly ready: Readonly<Record<string, readonly StepChange[]>>;
  /** The HPA's bounds. */
  readonly minReplicas: Readonly<Record<string, readonly StepChange[]>>;
  readonly maxReplicas: Readonly<Record<string, readonly StepChange[]>>;
}

/** Records the ready pods and the bounds of the named workloads of a namespace from now on. */
export function recordCluster(
  { store, clock }: { readonly store: ObjectStore; readonly clock: Pick<Clock, 'now'> },
  namespace: string,
  workloads: readonly string[],
): ClusterRecord {
  const empty = () => Object.fromEntries(workloads.map(name => [name, [] as StepChange[]]));
  const record = { ready: empty(), minReplicas: empty(), maxReplicas: empty() };
  const note = (series: StepChange[] | undefined, value: number) => {
    const last = series?.at(-1);
    if (last?.value === value) return;
    if (last?.t === clock.now()) series?.pop();
    series?.push({ t: clock.now(), value });
  };
  const readyOf = new Map<string, Set<string>>();
  store.collection<Pod>(pods).subscribe(({ type, object }) => {
    const workload = workloadOf(object);
    if (workload === undefined || object.metadata.namespace !== namespace) return;
    const names = readyOf.get(workload) ?? new Set<string>();
    readyOf.set(workload, names);
    if (type !== 'DELETED' && isReady(object)) names.add(object.metadata.name);
    else names.delete(object.metadata.name);
    note(ownValue(record.ready, workload), names.size);
  });
  store.collection<AutoscalerObject>(autoscalerResource).subscribe(({ type, object }) => {
    if (type === 'DELETED' || object.metadata.namespace !== namespace) return;
    const workload = object.spec.scaleTargetRef.name;
    note(ownValue(record.minReplicas, workload), object.spec.minReplicas ?? 1);
    note(ownValue(record.maxReplicas, workload), object.spec.maxReplicas);
  });
  return record;
}
