import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { objectName } from '../../../src/api/names/object-name.ts';
import { salePlanName } from '../../../src/api/names/sale-plan-name.ts';

const start = Date.parse('2026-11-27T19:00:00Z');

/** Names as the API server accepts them, most of them long and alike. */
const saleNames = fc
  .record({
    length: fc.constantFrom(1, 3, 217, 218, 219, 238, 239, 240, 252, 253),
    middle: fc.constantFrom('a', 'a.', 'a-', 'a.b-', 'a--'),
    end: fc.constantFrom('a', 'b', '-b', '-20261127-1900', 'z'),
  })
  .map(({ length, middle, end }) => `${middle.repeat(length).slice(0, length - end.length)}${end}`)
  .filter(name => objectName.safeParse(name).success);

describe('the name of a SalePlan', () => {
  test('is the name of the sale and its start in UTC', () => {
    expect(salePlanName('drop', start)).toBe('drop-20261127-1900');
  });

  test('is a valid name, and no other sale has it', () => {
    fc.assert(
      fc.property(saleNames, saleNames, (one, other) => {
        const names = [one, other].map(name => salePlanName(name, start));
        for (const name of names) expect(objectName.safeParse(name)).toMatchObject({ success: true });
        expect(names[0] === names[1]).toBe(one === other);
      }),
      { seed: 20_261_127, numRuns: 500 },
    );
  });

  test('of a sale whose name is cut is not that of a sale that is called so', () => {
    const long = 'a'.repeat(253);
    const cut = salePlanName(long, start).slice(0, -'-20261127-1900'.length);
    expect(cut).toHaveLength(239);
    expect(salePlanName(cut, start)).not.toBe(salePlanName(long, start));
  });
});
