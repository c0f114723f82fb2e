import { workloadKey } from '../../api/workload-key.ts';

interface Workload {
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
}

/**
 * Names the target of each workload, by its key: as the workload, and with its kind where one of another kind has that
 * name too, as `web-statefulset`.
 */
export function targetNames(workloads: readonly Workload[]): ReadonlyMap<string, string> {
  const single = new Map(workloads.map(one => [workloadKey(one), one]));
  const alike = Map.groupBy(single.values(), ({ name }) => name);
  return new Map(
    [...single].map(([key, { kind, name }]) => {
      const isAlone = (alike.get(name) ?? []).length < 2;
      return [key, isAlone ? name : `${name}-${kind.toLowerCase()}`];
    }),
  );
}
