/** A target as far as its calls are concerned. */
interface Caller {
  readonly metadata: { readonly name: string };
  readonly spec: { readonly calls?: readonly { readonly target: string }[] };
}

/**
 * Orders targets so that what a target calls comes before it; otherwise the order stays. In a circle of calls the order
 * stays, too.
 */
export function calleesFirst<Item>(items: readonly Item[], targetOf: (item: Item) => Caller): readonly Item[] {
  const byName = new Map(items.map(item => [targetOf(item).metadata.name, item]));
  const ordered = new Set<Item>();
  const visiting = new Set<Item>();
  const visit = (item: Item) => {
    if (ordered.has(item) || visiting.has(item)) return;
    visiting.add(item);
    for (const { target } of targetOf(item).spec.calls ?? []) {
      const callee = byName.get(target);
      if (callee !== undefined) visit(callee);
    }
    ordered.add(item);
  };
  for (const item of items) visit(item);
  return [...ordered];
}
