import { describe, expect, test } from 'vitest';
import type { Decomposition } from '../../../../forecasts/decomposition.ts';
import { decompose } from '../../../../forecasts/decomposition.ts';
import { clockOf } from '../../../../forecasts/events/event-clock.ts';
import { demandPeak, upliftFor, upliftPeak } from '../../../../forecasts/events/event-peak.ts';
import { movePeak } from '../../../../forecasts/events/statement/move-peak.ts';
import { samplesOf } from '../../../../forecasts/outages/samples-of.ts';
import { dayMs, hourMs, madeUpDemand, minuteMs, monday } from '../../../support/demand/made-up-demand.ts';

const history = madeUpDemand({ days: 14, stepSeconds: 300 });
const fitted: Decomposition = decompose(samplesOf(history, monday + 14 * dayMs), []);
const event = { id: 'sale', start: monday + 14 * dayMs, end: monday + 14 * dayMs + 2 * hourMs, features: {} };
const clock = clockOf(event, 5 * minuteMs);
const flat = () => fitted.scale.to(100);
/** Falls to a tenth over the sale, so that its highest minute is not that of its highest multiple. */
const falling = (knot: number) => flat() - (Math.log(10) * Math.max(0, clock.knots[knot] ?? 0)) / (2 * hourMs);
const rising = clock.knots.map(knot => (knot < 0 ? 0 : Math.log(2) + knot / (2 * hourMs)));

describe('the moved curve', () => {
  test.each([1.5, 3, 9])('has its peak at %s times the demand without the event', ratio => {
    const curve = movePeak(
      { fitted, clock, curve: rising, calm: flat, peakOf: demandPeak, restShare: 1 },
      Math.log(ratio),
    );
    expect(demandPeak(fitted, clock, curve, flat).logRatio).toBeCloseTo(Math.log(ratio), 9);
  });

  test('keeps its shape, or follows in part away from the peak', () => {
    const moved = (restShare: number) =>
      movePeak({ fitted, clock, curve: rising, calm: flat, peakOf: upliftPeak, restShare }, Math.log(9));
    const [whole, part] = [moved(1), moved(0.5)];
    const middle = clock.knots.findIndex(knot => knot > hourMs);
    const { knot } = upliftPeak(fitted, clock, rising, flat);
    const liftAt = (curve: Float64Array, i: number) => (curve[i] as number) - (rising[i] as number);
    expect((whole[middle] as number) / (whole[knot] as number)).toBeCloseTo(
      (rising[middle] as number) / (rising[knot] as number),
    );
    expect(liftAt(part, middle)).toBeCloseTo(liftAt(whole, middle) / 2, 2);
  });

  test('lowers no minute to raise another: the highest may become one with a lower multiple', () => {
    const curve = movePeak(
      { fitted, clock, curve: rising, calm: falling, peakOf: upliftPeak, restShare: 1 },
      Math.log(2),
    );
    for (const [i, value] of curve.entries()) expect(value).toBeLessThanOrEqual((rising[i] as number) + 1e-9);
  });
});

test('an uplift for a multiple multiplies the demand by it, offset of the scale included', () => {
  for (const usual of [0.5, 10, 400]) {
    const calm = fitted.scale.to(usual);
    expect(fitted.scale.from(calm + upliftFor(fitted, Math.log(6), calm))).toBeCloseTo(6 * usual, 6);
  }
});
