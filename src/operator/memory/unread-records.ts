import type { TargetRecord } from '../../apply/ledger/change-target.ts';
import type { Observation } from '../../observe/observation.ts';

/**
 * Returns the targets with Headstart's finalizer whose workload or baseline cannot be read, with what they have recorded
 * as raised.
 */
export function unreadRecords({ unreadable }: Pick<Observation, 'unreadable'>): readonly TargetRecord[] {
  return unreadable.flatMap(({ pendingRestore, raised = [] }) =>
    pendingRestore === undefined ? [] : [{ metadata: pendingRestore, raised }],
  );
}
