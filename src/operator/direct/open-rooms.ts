import type { AppliedWrite } from '../../apply/applied.ts';
import type { Observation } from '../../observe/observation.ts';

/** Lists the Deployments of placeholder pods and the CapacityBuffers that are not closed yet. */
export function openRooms(
  { placeholders = [] }: Observation,
  writes: readonly AppliedWrite[],
): readonly { readonly name: string; readonly message: string }[] {
  return placeholders
    .filter(({ replicas, conflict }) => replicas > 0 && conflict === undefined)
    .map(({ name, replicas, buffer }) => {
      const kind = buffer === undefined ? 'Deployment' : 'CapacityBuffer';
      const unit = buffer === undefined ? 'placeholder pods' : 'pods of room';
      const written = writes.find(write => write.part === 'Room' && write.name === name && write.kind === kind);
      const told = written?.outcome === 'Written' ? `Written: ${replicas} → 0 ${unit}` : written?.message;
      return { name, message: told ?? `${replicas} ${unit} stand` };
    });
}
