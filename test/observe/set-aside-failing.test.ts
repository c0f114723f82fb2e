import { describe, expect, test } from 'vitest';
import type { Observation } from '../../src/observe/observation.ts';
import { setAsideFailing } from '../../src/observe/set-aside-failing.ts';
import { planObservation } from '../support/shop/plan-observation.ts';
import { forecastsOf, type Given, observationOf } from '../support/shop/planned-namespace.ts';

const given: Given = {
  now: '2026-11-27T18:58:00Z',
  sales: [
    { name: 'drop', startTime: '2026-11-27T19:00:00Z', endTime: '2026-11-27T21:00:00Z', expectedPeakPercent: 800 },
    { name: 'other', startTime: '2026-11-27T19:30:00Z', endTime: '2026-11-27T20:00:00Z', expectedPeakPercent: 300 },
  ],
  targets: Object.fromEntries(
    Array.from({ length: 40 }, (_, index) => [
      `t${String(index).padStart(2, '0')}`,
      { forecast: 30, spec: { entryPoint: true } },
    ]),
  ),
} as never;

/** Plans while some targets make it throw, as a fault in the arithmetic would. */
function planWith(failing: readonly string[]) {
  const observation = observationOf(given);
  const forecasts = forecastsOf(given, observation);
  let plans = 0;
  const planOf = (rest: Observation) => {
    plans += 1;
    const found = rest.targets.find(
      ({ target, unreadable }) => unreadable === undefined && failing.includes(target.metadata.name),
    );
    if (found !== undefined) throw new RangeError(`${found.target.metadata.name} has no finite floor`);
    return planObservation(rest, forecasts);
  };
  return { ...setAsideFailing(observation, planOf), plans: () => plans };
}

describe('a namespace with an object whose planning throws', () => {
  test('plans the others as if it were one that cannot be read, and tells it alone', () => {
    const { planned, observation } = planWith(['t07']);
    const others = (plan: typeof planned) => plan.targets.filter(({ target }) => target !== 't07');
    const sound = planWith([]).planned;
    expect(others(planned).map(({ bounds }) => bounds)).toEqual(others(sound).map(({ bounds }) => bounds));
    const told = planned.targets.find(({ target }) => target === 't07');
    expect(told?.action).toBe('Hold');
    expect(told?.conditions.find(({ type }) => type === 'Accepted')).toMatchObject({
      status: 'False',
      message: 'It could not be planned: t07 has no finite floor.',
    });
    expect(
      observation.targets
        .filter(({ unreadable }) => unreadable !== undefined)
        .map(({ target }) => target.metadata.name),
    ).toEqual(['t07']);
  });

  test('finds several by halves', () => {
    const { observation, plans } = planWith(['t03', 't21', 't39']);
    const aside = observation.targets.filter(({ unreadable }) => unreadable !== undefined);
    expect(aside.map(({ target }) => target.metadata.name)).toEqual(['t03', 't21', 't39']);
    expect(plans()).toBeLessThan(40);
  });

  test('is planned once when nothing throws', () => {
    expect(planWith([]).plans()).toBe(1);
  });

  test('sets aside a sale with what it says of its end, so that it can still be cancelled', () => {
    const observation = observationOf(given);
    const { observation: rest } = setAsideFailing(observation, ({ sales }) => {
      if (sales.some(({ metadata }) => metadata.name === 'other')) throw new Error('no curve');
      return true;
    });
    expect(rest.sales.map(({ metadata }) => metadata.name)).toEqual(['drop']);
    expect(rest.unreadable).toMatchObject([
      {
        kind: 'FlashSale',
        name: 'other',
        message: 'It could not be planned: no curve',
        ending: { isCancelled: false, end: Date.parse('2026-11-27T20:00:00Z') },
      },
    ]);
  });

  test('throws what planning throws when no object is to blame', () => {
    const planOf = () => {
      throw new Error('out of memory');
    };
    expect(() => setAsideFailing(observationOf(given), planOf)).toThrow('out of memory');
  });
});
