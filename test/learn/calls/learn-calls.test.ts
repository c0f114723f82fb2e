import { describe, expect, test } from 'vitest';
import type { Series } from '../../../forecasts/index.ts';
import { parseScalingTarget } from '../../../src/api/scaling-target.ts';
import { isNight, learnCalls } from '../../../src/learn/calls/learn-calls.ts';
import { scalingTarget } from '../../support/shop/kinds.ts';

const hourMs = 3_600_000;
const start = Date.parse('2026-11-27T12:00:00Z');
const minutes = (value: number | null, at = start, count = 120): Series => ({
  start: at,
  stepSeconds: 60,
  values: Array.from({ length: count }, () => value),
});
const gateway = (callRatios?: readonly object[]) =>
  parseScalingTarget({
    ...scalingTarget({ calls: [{ target: 'orders', perThousandRequests: 25 }] }),
    ...(callRatios === undefined ? {} : { status: { callRatios } }),
  });
const ends = (demand: Series, caller = minutes(1000, demand.start)) =>
  new Map([['orders', { demand, callers: [{ demand: caller, perRequest: 0.025 }] }]]);
const learn = (target: ReturnType<typeof gateway>, demand: Series, more: object = {}) =>
  learnCalls(target, {
    called: ends(demand),
    clock: undefined,
    from: demand.start,
    settledUntil: demand.start + 2 * hourMs,
    ...more,
  });

describe('what a target keeps of its calls', () => {
  test('is the measured ratio of whole hours that are settled', () => {
    expect(learn(gateway(), minutes(40))).toEqual([
      { target: 'orders', ordinary: { perThousandRequests: 40, hours: 2 }, until: '2026-11-27T14:00:00Z' },
    ]);
    expect(learn(gateway(), minutes(40), { settledUntil: start + 1.5 * hourMs })).toMatchObject([
      { ordinary: { hours: 1 }, until: '2026-11-27T13:00:00Z' },
    ]);
  });

  test('counts each hour once, whoever looks and how often', () => {
    const once = learn(gateway(), minutes(40));
    expect(learn(gateway(once), minutes(40))).toEqual(once);
  });

  test('leaves out hours before those that it is asked about, as after a sale', () => {
    expect(learn(gateway(), minutes(40), { from: start + hourMs / 2 })).toMatchObject([{ ordinary: { hours: 1 } }]);
  });

  test('keeps night and day apart, by the clock of the target', () => {
    const night = Date.parse('2026-11-27T23:00:00Z');
    const berlin = { timeZone: 'Europe/Berlin', offsets: [{ from: 0, offsetMs: hourMs }] };
    expect(learn(gateway(), minutes(40, night), { clock: berlin })).toMatchObject([{ night: { hours: 2 } }]);
    expect(learn(gateway(), minutes(40, night))).toMatchObject([{ night: { hours: 1 }, ordinary: { hours: 1 } }]);
    expect([5, 6, 23].map(hour => isNight(Date.UTC(2026, 10, 27, hour), undefined))).toEqual([true, false, false]);
  });

  test('stays where the called target cannot be measured, and goes with the call', () => {
    const known = learn(gateway(), minutes(40));
    expect(learn(gateway(known), minutes(null))).toEqual(known);
    expect(learn(gateway(known), minutes(40), { called: new Map() })).toEqual(known);
    const { spec } = parseScalingTarget(scalingTarget({}));
    expect(learn({ ...gateway(known), spec }, minutes(40))).toEqual([]);
  });
});
