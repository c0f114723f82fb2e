import type { AppliedWrite } from '../../apply/applied.ts';
import type { Observation } from '../../observe/observation.ts';

/** Lists the Deployments of placeholder pods that are not closed yet. */
export function openRooms(
  { placeholders = [] }: Observation,
  writes: readonly AppliedWrite[],
): readonly { readonly name: string; readonly message: string }[] {
  return placeholders
    .filter(({ replicas, conflict }) => replicas > 0 && conflict === undefined)
    .map(({ name, replicas }) => {
      const written = writes.find(write => write.part === 'Room' && write.name === name);
      const told = written?.outcome === 'Written' ? `Written: ${replicas} → 0 placeholder pods` : written?.message;
      return { name, message: told ?? `${replicas} placeholder pods stand` };
    });
}
