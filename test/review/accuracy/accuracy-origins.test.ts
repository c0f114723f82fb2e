import fc from 'fast-check';
import { expect, test } from 'vitest';
import { accuracyOrigins, judgedDays, judgedMs } from '../../../src/review/accuracy/accuracy-origins.ts';

const dayMs = 86_400_000;
const instants = fc.integer({ min: Date.UTC(2020, 0, 1), max: Date.UTC(2040, 0, 1) });
const settings = { numRuns: 300, seed: 20_261_127 };

test('judges one day each, over by now, at boundaries of fits that take turns', () => {
  fc.assert(
    fc.property(instants, now => {
      const origins = accuracyOrigins(now);
      expect(origins).toHaveLength(judgedDays);
      expect(new Set(origins.map(origin => Math.floor(origin / dayMs))).size).toBe(judgedDays);
      expect(new Set(origins.map(origin => origin % dayMs)).size).toBe(4);
      for (const origin of origins) {
        expect(origin % (dayMs / 4)).toBe(0);
        expect(origin + judgedMs).toBeLessThanOrEqual(now);
      }
      expect(origins.at(-1)).toBeGreaterThan(now - 3 * dayMs);
    }),
    settings,
  );
});

test('a day later only one origin is another, so that a day is judged once', () => {
  fc.assert(
    fc.property(instants, now => {
      const [before, after] = [accuracyOrigins(now), accuracyOrigins(now + dayMs)];
      expect(after.filter(origin => !before.includes(origin)).length).toBeLessThanOrEqual(2);
      expect(after.filter(origin => before.includes(origin)).length).toBeGreaterThanOrEqual(judgedDays - 2);
    }),
    settings,
  );
});
