import { didYouMean } from '../../api/faults/closest-word.ts';
import { isFilledIn } from '../../manifests/filled-in.ts';
import type { FieldPath } from '../../manifests/manifest-object.ts';
import { valuesAt } from '../../manifests/values-at.ts';
import type { RefusedValue } from './refused-value.ts';

/** A rule about the value of one field, wherever a path leads to it. */
export interface FieldRule {
  /** `containers|initContainers[].ports[].protocol`: each item of either list. */
  readonly path: string;
  /** What the value must be, when it is not. */
  readonly expected: (value: unknown) => string | undefined;
}

/** Makes a rule that a text is one of a few words. */
export function oneOf(path: string, ...words: readonly string[]): FieldRule {
  const listed = `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`;
  return {
    path,
    expected: value =>
      typeof value !== 'string' || words.includes(value) ? undefined : `${listed}${didYouMean(value, words)}`,
  };
}

/** Makes a rule that a number is in a range, both ends included. */
export function between(path: string, least: number, most = Number.POSITIVE_INFINITY): FieldRule {
  const range = most === Number.POSITIVE_INFINITY ? `at least ${least}` : `from ${least} to ${most}`;
  return {
    path,
    expected: value => (typeof value !== 'number' || (value >= least && value <= most) ? undefined : range),
  };
}

/** Makes a rule that a text has a form, which `form` describes. */
export function written(path: string, pattern: RegExp, form: string): FieldRule {
  return { path, expected: value => (typeof value !== 'string' || pattern.test(value) ? undefined : form) };
}

/** Returns what the rules refuse of a value. A text that a tool fills in is left alone. */
export function refusedBy(rules: readonly FieldRule[], root: unknown): readonly RefusedValue[] {
  return rules.flatMap(({ path, expected }) =>
    valuesAt(root, path).flatMap(({ field, value }) => {
      const must = typeof value === 'string' && isFilledIn(value) ? undefined : expected(value);
      return must === undefined ? [] : [{ field, message: `${nameOf(field)} is ${value}: it must be ${must}` }];
    }),
  );
}

/** The name of a field, or of the list that it is an item of. */
function nameOf(field: FieldPath): string | number {
  return field.findLast(step => typeof step === 'string') ?? '';
}
