import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ScaleUpRecord } from '../../../src/api/learned/scale-up.ts';
import { encodeScalingTargetStatus } from '../../../src/api/scaling-target.ts';
import { keepScaleUps } from '../../../src/learn/lead-time/keep-scale-ups.ts';

const now = Date.parse('2026-11-27T12:00:00Z');
const hourMs = 3_600_000;
/** A scale-up so many hours ago. */
const ago = (hours: number, added = 5, workload = 'cart'): ScaleUpRecord => ({
  at: new Date(now - hours * hourMs).toISOString().replace('.000', ''),
  workload,
  added,
  seconds: 40,
});
const keep = (stored: readonly ScaleUpRecord[], seen: readonly ScaleUpRecord[] = []) =>
  keepScaleUps(stored, seen, { workload: 'cart', now });

describe('what a status keeps of its scale-ups', () => {
  test('is sorted by time, and each once', () => {
    expect(keep([ago(5), ago(3)], [ago(4), ago(3)])).toEqual([ago(5), ago(4), ago(3)]);
  });

  test('is the largest of an hour', () => {
    expect(keep([ago(2.4, 3), ago(2.2, 30), ago(2, 7)])).toEqual([ago(2.2, 30)]);
  });

  test('leaves out those of another workload, and those that are to come by a clock that was set back', () => {
    expect(keep([ago(3, 5, 'basket'), ago(-2), ago(2)])).toEqual([ago(2)]);
  });

  test('fits its schema, however many replicas somebody asked for', () => {
    const scaleUps = [...keep([], [ago(2, 1_000_000)])];
    expect(scaleUps).toEqual([ago(2, 100_000)]);
    expect(() => encodeScalingTargetStatus({ scaleUps })).not.toThrow();
  });

  test('is the newest 20', () => {
    const all = Array.from({ length: 30 }, (_, index) => ago(60 - 2 * index));
    expect(keep(all)).toEqual(all.slice(-20));
  });

  test("keeps a sale's raise for 90 days, whatever small ones come after it", () => {
    const small = Array.from({ length: 40 }, (_, index) => ago(80 - 2 * index, 1));
    expect(keep([ago(24 * 89, 60), ...small])).toEqual([ago(24 * 89, 60), ...small.slice(-19)]);
    expect(keep([ago(24 * 91, 60), ...small])).toEqual(small.slice(-20));
  });

  test('is at most 20 of what was there, an hour apart, and the same again', () => {
    const scaleUp = fc.record({ hours: fc.integer({ min: 0, max: 400 }), added: fc.integer({ min: 1, max: 1000 }) });
    fc.assert(
      fc.property(fc.array(scaleUp, { maxLength: 80 }), list => {
        const all = list.map(({ hours, added }) => ago(hours / 4, added));
        const kept = keep([], all);
        expect(kept.length).toBeLessThanOrEqual(20);
        const times = kept.map(({ at }) => Date.parse(at));
        for (const [index, time] of times.slice(1).entries())
          expect(time - (times[index] ?? 0)).toBeGreaterThanOrEqual(hourMs);
        expect(keep(kept)).toEqual(kept);
      }),
    );
  });
});
