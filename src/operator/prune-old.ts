import { planPruning, pruneSalePlans } from '../apply/reports/prune-sale-plans.ts';
import { readable } from '../observe/namespace-objects.ts';
import type { ClusterWatch } from '../observe/watch-cluster.ts';
import type { Leader } from './leader.ts';
import type { ReconcileContext } from './reconcile.ts';
import type { Settings } from './settings/settings.ts';

/** Deletes objects older than the retention in the settings, namespace by namespace. */
export async function pruneOld(
  line: ReconcileContext,
  watch: ClusterWatch,
  settings: Settings,
  leader: Leader,
): Promise<void> {
  if (!leader.leading) return;
  for (const namespace of watch.namespaces()) {
    const objects = watch.read(namespace);
    const plans = readable(objects.salePlans);
    const named = new Set(readable(objects.sales).flatMap(({ spec }) => spec.similarTo ?? []));
    await pruneSalePlans(line.apply, planPruning(plans, { ...settings.salePlans, named }, line.clock.now()));
  }
}
