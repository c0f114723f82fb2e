import { type Curve, largerCurve } from './curve.ts';

/** What one sale adds to a target. */
export interface GroupedExtra {
  /** `audienceGroup` of the sale; absent when its visitors come in addition to those of every other sale. */
  readonly group: string | undefined;
  readonly curve: Curve;
}

/**
 * Combines what several sales add to one target to the curves that are summed: sales of one audience group have the
 * same visitors, so they add the larger of their curves at each step; every other sale adds its own. The order of the
 * sales does not matter.
 */
export function combineExtras(extras: readonly GroupedExtra[]): readonly Curve[] {
  if (extras.every(({ group }) => group === undefined)) return extras.map(({ curve }) => curve);
  const alone = extras.filter(({ group }) => group === undefined).map(({ curve }) => curve);
  const groups = Map.groupBy(
    extras.filter(({ group }) => group !== undefined),
    ({ group }) => group,
  );
  return [...alone, ...groups.values().map(members => members.map(({ curve }) => curve).reduce(largerCurve))];
}

/**
 * The share (0–1) of one sale in what all sales add at an instant: a group's part is divided among its sales by what
 * each would add alone. `added` has requests per second by sale; `own` is the sale's index in it.
 */
export function shareOfExtra(
  added: readonly { readonly group: string | undefined; readonly value: number }[],
  own: number,
): number {
  const sale = added[own];
  if (sale === undefined || sale.value <= 0) return 0;
  if (added.every(({ group }) => group === undefined)) {
    const all = sum(added.map(({ value }) => value));
    return (all * (sale.value / all)) / all;
  }
  const groups = Map.groupBy(added, ({ group }) => group);
  const partOf = (group: string | undefined, members: typeof added): number => {
    const values = members.map(({ value }) => value);
    return group === undefined ? sum(values) : Math.max(...values);
  };
  const total = sum([...groups].map(([group, members]) => partOf(group, members)));
  const members = groups.get(sale.group) ?? [];
  const part = partOf(sale.group, members) * (sale.value / sum(members.map(({ value }) => value)));
  return total > 0 ? part / total : 0;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
