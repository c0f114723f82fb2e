import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { scalingPolicySchema } from '../../../src/api/scaling-policy.ts';
import {
  deployFreezes,
  freezeStatus,
  isLeftBehind,
  openFreeze,
  type SaleTime,
} from '../../../src/api/series/deploy-freezes.ts';

const at = (time: string) => Date.parse(`2026-11-${time}:00Z`);
const sale = (name: string, start: string, end: string): SaleTime => ({ sale: name, start: at(start), end: at(end) });
const anHour = { beforeSeconds: 3600, afterSeconds: 3600 };
const drop = sale('drop', '27T20:00', '27T22:00');

describe('the windows around sales', () => {
  test.each<[string, readonly SaleTime[], readonly string[]]>([
    ['of one sale', [drop], ['27T19:00 27T23:00 drop']],
    ['that overlap are one', [drop, sale('night', '27T23:30', '28T00:30')], ['27T19:00 28T01:30 drop night']],
    ['that touch are one', [drop, sale('night', '28T00:00', '28T01:00')], ['27T19:00 28T02:00 drop night']],
    [
      'that do not touch are two',
      [drop, sale('late', '28T03:00', '28T04:00')],
      ['27T19:00 27T23:00 drop', '28T02:00 28T05:00 late'],
    ],
    ['inside another end with it', [sale('short', '27T20:30', '27T20:40'), drop], ['27T19:00 27T23:00 drop short']],
    ['of one series name it once', [drop, sale('drop', '27T23:30', '28T00:30')], ['27T19:00 28T01:30 drop']],
    ['that are over are gone', [sale('old', '26T20:00', '26T22:00'), drop], ['27T19:00 27T23:00 drop']],
  ])('%s', (_title, sales, expected) => {
    const windows = deployFreezes(sales, anHour, at('27T18:00'));
    const told = windows.map(({ start, end, sales: names }) => [short(start), short(end), ...names].join(' '));
    expect(told).toEqual(expected);
  });

  test('close at their end, so that the flag is cleared then', () => {
    expect(deployFreezes([drop], anHour, at('27T23:00'))).toEqual([]);
    expect(deployFreezes([drop], anHour, at('27T23:00') - 1)).toHaveLength(1);
  });

  test('hold exactly while a sale asks for it, whatever the order, and never touch', () => {
    const hour = fc.integer({ min: 0, max: 200 });
    fc.assert(
      fc.property(fc.array(fc.tuple(hour, hour), { maxLength: 12 }), hour, hour, hour, (made, now, before, after) => {
        const times = made.map(([start, length], index) => ({ sale: `s${index}`, start, end: start + length + 1 }));
        const lengths = { beforeSeconds: before / 1000, afterSeconds: after / 1000 };
        const windows = deployFreezes(times, lengths, now);
        const asked = times.some(({ start, end }) => start - before <= now && now < end + after);
        expect(openFreeze(windows, now) !== undefined).toBe(asked);
        expect(deployFreezes(times.toReversed(), lengths, now)).toEqual(windows);
        for (const [index, { start }] of windows.entries())
          if (index > 0) expect(start).toBeGreaterThan(windows[index - 1]?.end ?? start);
      }),
    );
  });
});

describe('the status of windows', () => {
  const windows = deployFreezes([drop], anHour, at('27T18:00'));

  test('says whether one is open, since when and until when', () => {
    expect(freezeStatus(windows, at('27T18:59'))).toEqual({
      active: false,
      windows: [{ start: '2026-11-27T19:00:00Z', end: '2026-11-27T23:00:00Z', sales: ['drop'] }],
    });
    expect(freezeStatus(windows, at('27T19:00'))).toMatchObject({
      active: true,
      since: '2026-11-27T19:00:00Z',
      until: '2026-11-27T23:00:00Z',
    });
  });

  test('fits the schema, however many sales there are and however far away', () => {
    const many = Array.from({ length: 300 }, (_, index) => sale(`s${index}`, '27T20:00', '27T22:00'));
    const apart = many.map((one, index) => ({ ...one, start: one.start + index * 1e8, end: one.end + index * 1e8 }));
    const far = { sale: 'far', start: Date.parse('0000-01-01T00:00:00Z'), end: Date.parse('9999-12-31T23:59:59Z') };
    const { freeze } = scalingPolicySchema.shape.status.unwrap().shape;
    for (const sales of [many, apart, [far]]) {
      const status = freezeStatus(deployFreezes(sales, anHour, at('27T18:00')), at('27T20:00'));
      expect(freeze.parse(status)).toEqual(status);
    }
  });

  test('is left behind once its end is past and it still says so', () => {
    const status = freezeStatus(windows, at('27T20:00'));
    expect(isLeftBehind(status, at('27T22:59'))).toBe(false);
    expect(isLeftBehind(status, at('27T23:00'))).toBe(true);
    expect(isLeftBehind({ active: false, windows: [] }, at('27T23:00'))).toBe(false);
  });
});

function short(epochMs: number): string {
  return new Date(epochMs).toISOString().slice('2026-11-'.length, '2026-11-27T19:00'.length);
}
