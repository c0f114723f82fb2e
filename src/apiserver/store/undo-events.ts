import type { KubeObject, Stored } from '../objects/kube-object.ts';
import { objectKey } from '../objects/object-key.ts';
import type { ObjectEvent } from './event-log.ts';

/** The objects as they were before `events` (oldest first), sorted by namespace and name. */
export function undoEvents<T extends KubeObject>(
  objects: readonly Stored<T>[],
  events: readonly ObjectEvent<T>[],
  namespace: string | undefined,
): readonly Stored<T>[] {
  const byKey = new Map(objects.map(object => [objectKey(object), object]));
  for (const { object, previous } of events.toReversed()) {
    if (namespace !== undefined && object.metadata.namespace !== namespace) continue;
    if (previous === undefined) byKey.delete(objectKey(object));
    else byKey.set(objectKey(previous), previous);
  }
  return [...byKey.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, object]) => object);
}
