import { describe, expect, test } from 'vitest';
import { type Event, fitDemand, type Series, totalDemand, type Width } from '../../../forecasts/index.ts';
import { dayMs, hourMs, madeUpDemand, minuteMs, monday } from '../../support/demand/made-up-demand.ts';

const sale = (id: string, day: number, more: Partial<Event> = {}): Event => ({
  id,
  start: monday + day * dayMs + 6 * hourMs,
  end: monday + day * dayMs + 8 * hourMs,
  features: { kind: 'drop' },
  ...more,
});

/** The width of P95 in the highest step an hour before a sale on day 24, or some minutes after its start. */
function widthOf(
  peaks: readonly number[],
  { asked = {}, minutes = -60, at }: { asked?: Partial<Event>; minutes?: number; at?: number } = {},
) {
  const past = peaks.map((peak, i) => ({ event: sale(`past-${i}`, 22 - 2 * i), peak }));
  const next = sale('next', 24, asked);
  const history = madeUpDemand({ days: 26, stepSeconds: 300, sales: [...past, { event: next, peak: 4 }] });
  const now = next.start + Math.min(minutes, -60) * minuteMs;
  const origin = next.start + minutes * minuteMs;
  const events = [...past.map(({ event }) => event), next];
  const fitted = fitDemand(between(history, monday, now), { now, events });
  const recent = origin > now ? { recent: between(history, now, origin) } : {};
  const input = { from: origin, steps: 36, levels: [0.5, 0.95], events: [next], ...recent };
  const { width, at: explained } = fitted.explain({ ...input, ...(at === undefined ? {} : { at: next.start + at }) });
  const total = totalDemand(fitted.predict(input));
  const step = (explained - total.start) / 300_000;
  expect(width?.value).toBe(total.quantiles[1]?.values[step]);
  const [extra] = fitted.predict(input).extras;
  expect(extra?.width?.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 9);
  if (at === undefined) expect(extra?.width?.[0]?.kind === 'live').toBe(width?.parts[0]?.kind === 'live');
  return width;
}

function between(series: Series, from: number, to: number): Series {
  const [first, end] = [from, to].map(time => Math.round((time - series.start) / 300_000));
  return { ...series, start: from, values: series.values.slice(first, end) };
}

const shareOf = (width: Width | undefined, kind: string) => width?.parts.find(part => part.kind === kind)?.share ?? 0;

describe('the width of P95 is', () => {
  test('the general one without past sales, and less of it with eight', () => {
    const shares = [[], [4], [4, 4.2, 3.9], [4, 4.2, 3.9, 4.1, 4, 4.2, 3.8, 4]].map(peaks =>
      shareOf(widthOf(peaks), 'prior'),
    );
    expect(shares[0]).toBe(1);
    expect(Math.max(...shares.slice(1))).toBeLessThan(1);
    expect(shares.at(-1)).toBeLessThan(0.85);
  });

  test('of how past sales differ, where they do', () => {
    const scattered = widthOf([2, 9, 3, 8, 2.5, 7, 2, 9]);
    expect(shareOf(scattered, 'scatter')).toBeGreaterThan(0.4);
    expect(shareOf(scattered, 'scatter')).toBeGreaterThan(
      2 * shareOf(widthOf([4, 4.1, 4, 3.9, 4, 4.1, 4, 4]), 'scatter'),
    );
  });

  test('of what is new in a sale of a kind never seen', () => {
    const width = widthOf([4, 4.1, 4, 3.9], { asked: { features: { kind: 'clearance' } } });
    expect(width?.parts[0]).toMatchObject({ kind: 'novelty', event: 'next' });
  });

  test('of a stated peak that past sales disagree with', () => {
    const width = widthOf([4, 4.1, 4, 3.9], { asked: { statedPeakRatio: 20 } });
    expect(shareOf(width, 'disagreement')).toBeGreaterThan(0.1);
    expect(shareOf(widthOf([4, 4.1, 4, 3.9]), 'disagreement')).toBe(0);
  });

  test('of the running sale alone while it runs', () =>
    expect(widthOf([4, 4.1, 4], { minutes: 30 })?.parts).toEqual([{ kind: 'live', event: 'next', share: 1 }]));

  test('of ordinary demand where no sale adds any', () =>
    expect(widthOf([4, 4.1], { at: -55 * minuteMs })?.parts).toEqual([{ kind: 'base', share: 1 }]));
});

test('the shares sum to 1, largest first', () => {
  const { parts = [] } = widthOf([2, 9, 4], { asked: { statedPeakRatio: 12, features: { kind: 'new' } } }) ?? {};
  expect(parts.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 12);
  expect(parts.map(({ share }) => share)).toEqual(parts.map(({ share }) => share).toSorted((a, b) => b - a));
});
