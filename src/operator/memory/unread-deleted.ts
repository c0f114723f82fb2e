import type { ObjectMeta } from '../../api/object-meta.ts';
import type { Observation } from '../../observe/observation.ts';

/** The targets that only our finalizer holds, and of which nobody can read what to put back. */
export function unreadDeleted({ unreadable }: Pick<Observation, 'unreadable'>): readonly ObjectMeta[] {
  return unreadable.flatMap(({ pendingRestore }) =>
    pendingRestore?.deletionTimestamp === undefined ? [] : pendingRestore,
  );
}
