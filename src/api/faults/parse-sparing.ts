import { type FieldFault, ParseError } from './parse-error.ts';

/** Result of a parse, and the fields that were left out for it, as faults; none when the whole value is valid. */
export interface Spared<T> {
  readonly value: T;
  readonly left: readonly FieldFault[];
}

type Path = readonly (string | number)[];

/**
 * Parses an object without the fields of its spec that are unknown or invalid, each cut as small as possible: one that is
 * optional counts as absent, so that an object gives no less for it than without it.
 *
 * @param needed names of the fields of the spec that are never left out: they hold back, or move in time, what is done
 * @throws ParseError of the whole value, when a field that is needed or required is at fault
 */
export function parseSparing<T>(value: unknown, parse: (value: unknown) => T, needed: ReadonlySet<string>): Spared<T> {
  const left: FieldFault[] = [];
  let tried = tryParse(value, parse);
  const first = tried;
  while ('fault' in tried) {
    left.push(...tried.fault.faults.filter(({ field }) => !left.some(known => known.field === field)));
    const next = cutOne(tried, parse, needed);
    if (next === undefined) throw 'fault' in first ? first.fault : tried.fault;
    tried = next;
  }
  return { value: tried.value, left };
}

type Tried<T> = { readonly value: T } | { readonly fault: ParseError; readonly from: unknown };

function tryParse<T>(value: unknown, parse: (value: unknown) => T): Tried<T> {
  try {
    return { value: parse(value) };
  } catch (error) {
    if (error instanceof ParseError) return { fault: error, from: value };
    throw error;
  }
}

/** Cuts the first field at fault that leaves fewer faults; undefined when none does, or one is needed. */
function cutOne<T>(
  { from, fault: { faults } }: { readonly from: unknown; readonly fault: ParseError },
  parse: (value: unknown) => T,
  needed: ReadonlySet<string>,
): Tried<T> | undefined {
  if (
    faults.some(({ path, isKey }) => path[0] !== 'spec' || path.length < 2 || (!isKey && needed.has(String(path[1]))))
  )
    return undefined;
  for (const { path } of faults)
    for (let length = path.length; length >= 2; length--) {
      const tried = tryParse(without(from, path.slice(0, length)), parse);
      if (!('fault' in tried) || tried.fault.faults.length < faults.length) return tried;
    }
  return undefined;
}

/** A copy without what is at a path; an entry of a list goes whole. */
function without(value: unknown, [key, ...rest]: Path): unknown {
  if (key === undefined || typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) {
    const index = Number(key);
    return rest.length === 0 ? value.toSpliced(index, 1) : value.with(index, without(value[index], rest));
  }
  const entries = Object.entries(value);
  return Object.fromEntries(
    rest.length === 0
      ? entries.filter(([name]) => name !== key)
      : entries.map(([name, one]) => [name, name === key ? without(one, rest) : one]),
  );
}
