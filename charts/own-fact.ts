/**
 * Returns the fact that a table itself has under a name; undefined for a name that every object inherits, such as
 * `constructor`, which a service may well have.
 */
export function ownFact<V>(table: Readonly<Record<string, V>> | undefined, name: string): V | undefined {
  return table !== undefined && Object.hasOwn(table, name) ? table[name] : undefined;
}
