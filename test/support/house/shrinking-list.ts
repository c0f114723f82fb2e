import { expect } from 'vitest';

/**
 * Holds what is found against a list of what is tolerated. A find that is not on the list fails with the rule; an entry
 * that is no longer found fails, too, so the list only shrinks.
 */
export function expectOnlyTolerated(rule: string, found: readonly string[], tolerated: readonly string[]): void {
  expect(
    {
      'not allowed': found.filter(each => !tolerated.includes(each)),
      'mended: delete these entries of the list': tolerated.filter(each => !found.includes(each)),
    },
    rule,
  ).toEqual({ 'not allowed': [], 'mended: delete these entries of the list': [] });
}
