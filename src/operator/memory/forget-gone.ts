import type { WriteMemory } from '../../apply/write-memory.ts';
import type { PolicyRecord } from '../../observe/namespace-objects.ts';
import type { Observation } from '../../observe/observation.ts';
import type { SaleTimelines } from './sale-timelines.ts';

/** What is remembered of objects, besides models (which go with their targets) and samples (which go with their query). */
export interface ObjectMemory {
  readonly writes: WriteMemory;
  readonly timelines: SaleTimelines;
}

/** Drops what is remembered of objects that are not in the namespace any more, after everything of this look was written. */
export function forgetGone(memory: ObjectMemory, observation: Observation, policies: readonly PolicyRecord[]): void {
  const { namespace, targets, sales, salePlans, unreadable } = observation;
  const uids = [
    ...[...sales, ...salePlans].map(({ metadata }) => metadata.uid),
    ...unreadable.map(({ uid }) => uid),
    ...policies.map(({ raw }) => raw.metadata?.uid),
    ...targets.flatMap(({ target, workload, autoscalers }) => [
      target.metadata.uid,
      ...('uid' in workload ? [workload.uid] : []),
      ...autoscalers.map(({ uid }) => uid),
    ]),
  ];
  memory.writes.keepOnly(namespace, new Set(uids.filter(uid => uid !== undefined)));
  memory.timelines.keepOnly(namespace, new Set(salePlans.map(({ metadata }) => metadata.name)));
}
