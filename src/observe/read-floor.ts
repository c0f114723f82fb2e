/** Replicas from one of our annotations; what is no whole number of them was not written by us and does not count. */
export function readFloor(annotations: Readonly<Record<string, string>> | undefined, name: string): number | undefined {
  const text = annotations?.[name];
  return text !== undefined && /^\d{1,6}$/.test(text) ? Number(text) : undefined;
}
