import { describe, expect, test } from 'vitest';
import type { Event } from '../../../forecasts/index.ts';
import { isMissing, type Missing } from '../../../src/api/missing.ts';
import type { TargetObservation } from '../../../src/observe/observation.ts';
import { readFit, type TargetFit, targetFit } from '../../../src/operator/forecasting/target-fit.ts';
import { fitBoundary } from '../../../src/plan/demand/fit-boundary.ts';
import { observationOf } from '../../support/shop/planned-namespace.ts';

const hourMs = 3_600_000;
const saleAt = (start: string): Event => ({
  id: `sale at ${start}`,
  start: Date.parse(start),
  end: Date.parse(start) + hourMs,
  features: {},
});

/** One target observed at `now`, its demand known until `knownUntil`. */
function targetAt(now: string, knownUntil = now, settledUntil = knownUntil): TargetObservation {
  const [target] = observationOf({ now, targets: { gateway: null } }).targets;
  if (target === undefined) throw new Error('no target');
  const end = Date.parse(knownUntil);
  const recent = { start: end - 2 * hourMs, stepSeconds: 60, values: new Array<number>(120).fill(10) };
  const demand = { recent, historyKey: 'gateway', ageSeconds: 30, source: 'prometheus' };
  return { ...target, demand: { ...demand, settledUntil: Date.parse(settledUntil) } };
}

/** The fits that count at some instants, one after the other. */
function fitsAt(
  looks: readonly (readonly [now: string, knownUntil?: string, settledUntil?: string])[],
  events: readonly (readonly Event[])[] = [],
): readonly (TargetFit | Missing)[] {
  const fits: (TargetFit | Missing)[] = [];
  for (const [index, look] of looks.entries()) {
    const last = fits.at(-1);
    const known = last === undefined || isMissing(last) ? undefined : last;
    const fit = { target: targetAt(...look), events: events[index] ?? [], now: Date.parse(look[0]), last: known };
    fits.push(targetFit(fit));
  }
  return fits;
}

test('a fit is another when the clock whose days count changes, and holds it', () => {
  const now = Date.parse('2026-11-27T12:30:00Z');
  const clock = (timeZone: string) => ({ timeZone, offsets: [{ from: 0, offsetMs: 3_600_000 }], holidays: [] });
  const fitOf = (zone: string, last?: TargetFit) =>
    targetFit({ target: { ...targetAt('2026-11-27T12:30:00Z'), clock: clock(zone) }, events: [], now, last });
  const berlin = fitOf('Europe/Berlin');
  if (isMissing(berlin)) throw new Error(berlin.missing);
  expect(fitOf('Europe/Berlin', berlin)).toBe(berlin);
  expect(fitOf('Europe/Paris', berlin)).toMatchObject({ clock: { timeZone: 'Europe/Paris' } });
  const values = Float64Array.of(1, 2);
  const read = readFit(berlin, { readPacked: () => ({ start: 0, stepSeconds: 60, values }) });
  expect(isMissing(read) ? read : read.context.clock).toMatchObject({ timeZone: 'Europe/Berlin' });
});

describe('the fit of a target', () => {
  test('is one a boundary, on the history before it', () => {
    const fits = fitsAt([
      ['2026-11-27T12:30:00Z'],
      ['2026-11-27T13:00:00Z'],
      ['2026-11-27T18:05:00Z'],
      ['2026-11-27T18:30:00Z'],
    ]);
    expect(fits[1]).toBe(fits[0]);
    expect(fits[2]).toBe(fits[0]);
    expect(fits[0]).toMatchObject({ boundary: fitBoundary(Date.parse('2026-11-27T12:30:00Z')) });
    expect(fits[3]).toMatchObject({ boundary: Date.parse('2026-11-27T18:00:00Z') });
  });

  test('is another for a sale that it has seen begin, and the same for one that is announced for later', () => {
    const later = saleAt('2026-11-28T19:00:00Z');
    const seen = saleAt('2026-11-27T08:00:00Z');
    const fits = fitsAt(
      [['2026-11-27T12:30:00Z'], ['2026-11-27T12:31:00Z'], ['2026-11-27T12:32:00Z']],
      [[], [later], [later, seen]],
    );
    expect(fits[1]).toBe(fits[0]);
    expect(fits[2]).toMatchObject({ events: [seen] });
  });

  test('stays when what came before the boundary cannot be read', () => {
    const [first, second] = fitsAt([['2026-11-27T12:30:00Z'], ['2026-11-27T18:30:00Z', '2026-11-27T17:00:00Z']]);
    expect(second).toBe(first);
    const [unread] = fitsAt([['2026-11-27T18:30:00Z', '2026-11-27T17:00:00Z']]);
    expect(unread).toMatchObject({ missing: expect.stringContaining('boundary') });
  });

  test('waits for samples before the boundary that may still rise, and is made again where it could not', () => {
    const young = ['2026-11-27T18:30:00Z', '2026-11-27T18:30:00Z', '2026-11-27T17:59:00Z'] as const;
    const [first, waiting, settled] = fitsAt([['2026-11-27T12:30:00Z'], young, ['2026-11-27T18:31:00Z']]);
    expect(waiting).toBe(first);
    expect(settled).toMatchObject({ boundary: Date.parse('2026-11-27T18:00:00Z'), isSettled: true });
    const [early, same, again] = fitsAt([young, young, ['2026-11-27T18:31:00Z']]);
    expect(early).toMatchObject({ isSettled: false });
    expect(same).toBe(early);
    expect(again).toMatchObject({ isSettled: true });
  });
});

test('there is nothing to fit where nothing was measured: a model of it would forecast that nobody comes', () => {
  const [fit] = fitsAt([['2026-11-27T12:30:00Z']]);
  if (fit === undefined || isMissing(fit)) throw new Error('no fit');
  const nothing = {
    readPacked: () => ({ start: 0, stepSeconds: 60, values: Float64Array.of(Number.NaN, Number.NaN) }),
  };
  expect(readFit(fit, nothing)).toEqual({
    missing: 'nothing was measured before 2026-11-27T12:00:00Z, the last boundary',
  });
  expect(readFit(fit, { readPacked: () => undefined })).toMatchObject({
    missing: expect.stringContaining('not been read'),
  });
});
