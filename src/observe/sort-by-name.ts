/** Sorts objects by the names in their metadata. */
export function sortByName<T extends { readonly metadata: { readonly name: string } }>(
  objects: readonly T[],
): readonly T[] {
  return objects.toSorted((a, b) => compareText(a.metadata.name, b.metadata.name));
}

/** Sorts values by their names. */
export function sortNamed<T extends { readonly name: string }>(objects: readonly T[]): readonly T[] {
  return objects.toSorted((a, b) => compareText(a.name, b.name));
}

/** Compares by code unit, so that the order is the same in every locale. */
export function compareText(a: string, b: string): number {
  return a === b ? 0 : a < b ? -1 : 1;
}
