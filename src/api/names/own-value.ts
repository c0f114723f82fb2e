/**
 * Returns the value that a record itself has under a name; undefined for a name that every object inherits, such as
 * `constructor`, `toString` or `__proto__`. Users name their objects so, too.
 */
export function ownValue<V>(record: Readonly<Record<string, V>> | undefined, name: string): V | undefined {
  return record !== undefined && Object.hasOwn(record, name) ? record[name] : undefined;
}
