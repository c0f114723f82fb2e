import type { ObjectMeta } from '../../api/object-meta.ts';
import type { Observation } from '../../observe/observation.ts';

/** Returns targets in deletion that only Headstart's finalizer keeps and whose workload or baseline cannot be read. */
export function unreadDeleted({ unreadable }: Pick<Observation, 'unreadable'>): readonly ObjectMeta[] {
  return unreadable.flatMap(({ pendingRestore }) =>
    pendingRestore?.deletionTimestamp === undefined ? [] : pendingRestore,
  );
}
