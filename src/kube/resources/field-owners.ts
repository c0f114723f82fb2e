/** An entry of `metadata.managedFields`, with the fields that are read here. */
export interface ManagedFields {
  readonly manager?: string | undefined;
  readonly time?: string | undefined;
  readonly fieldsV1?: unknown;
}

/** A manager that owns one of the given fields; `time` is epoch ms of its last write to the object, 0 when unknown. */
export interface FieldOwner {
  readonly manager: string;
  readonly time: number;
}

/**
 * Lists the owners of any of these fields, newest first, each manager once. At the same second `later` is sorted last:
 * times are whole seconds, and in doubt another manager's write counts as the newer one.
 *
 * @param paths each a path of names: `['spec', 'replicas']`
 * @see https://kubernetes.io/docs/reference/using-api/server-side-apply/#field-management
 */
export function listFieldOwners(
  managedFields: readonly ManagedFields[] | undefined,
  paths: readonly (readonly string[])[],
  later?: string,
): readonly FieldOwner[] {
  const times = new Map<string, number>();
  for (const { manager = 'unknown', time, fieldsV1 } of managedFields ?? []) {
    if (!paths.some(path => owns(fieldsV1, path))) continue;
    const parsed = Date.parse(time ?? '');
    times.set(manager, Math.max(times.get(manager) ?? 0, Number.isNaN(parsed) ? 0 : parsed));
  }
  return [...times]
    .map(([manager, time]) => ({ manager, time }))
    .sort((a, b) => b.time - a.time || Number(a.manager === later) - Number(b.manager === later) || compare(a, b));
}

function owns(fields: unknown, path: readonly string[]): boolean {
  let at: unknown = fields;
  for (const name of path) {
    if (typeof at !== 'object' || at === null || !Object.hasOwn(at, `f:${name}`)) return false;
    at = Reflect.get(at, `f:${name}`);
  }
  return true;
}

function compare(a: FieldOwner, b: FieldOwner): number {
  return a.manager < b.manager ? -1 : 1;
}
