import { describe, expect, test } from 'vitest';
import type { Event, FitDemand } from '../../../forecasts/index.ts';
import { lastValueDemand } from '../../../forecasts/index.ts';
import type { Observation } from '../../../src/observe/observation.ts';
import { FittedDemandCache } from '../../../src/operator/memory/fitted-demand.ts';
import { fitBoundary } from '../../../src/plan/demand/fit-boundary.ts';
import { observationOf } from '../../support/shop/planned-namespace.ts';

const hourMs = 3_600_000;
const event: Event = {
  id: 'drop',
  start: Date.parse('2026-11-28T19:00:00Z'),
  end: Date.parse('2026-11-28T20:00:00Z'),
  features: {},
};

/** One target observed at `now`, its demand known until `knownUntil`. */
function at(now: string, knownUntil = now, settledUntil = knownUntil): Observation {
  const observation = observationOf({ now, targets: { gateway: null } });
  const end = Date.parse(knownUntil);
  const recent = { start: end - 2 * hourMs, stepSeconds: 60, values: new Array<number>(120).fill(10) };
  const settled = { settledUntil: Date.parse(settledUntil) };
  const demand = { recent, historyKey: 'gateway', ageSeconds: 30, source: 'prometheus', ...settled };
  return { ...observation, targets: observation.targets.map(target => ({ ...target, demand })) };
}

function countedCache(model: FitDemand = lastValueDemand, sample: number | null = 10) {
  const fits: { readonly target: string; readonly now: number; readonly until: number }[] = [];
  const cache = new FittedDemandCache({
    fit: (history, context, target) => {
      const until = history.start + history.values.length * history.stepSeconds * 1000;
      fits.push({ target, now: context.now, until });
      return model(history, context);
    },
    history: {
      read: (_, start, end) => ({
        start,
        stepSeconds: 60,
        values: new Array<number | null>((end - start) / 60_000).fill(sample),
      }),
    },
  });
  const events = (list: readonly Event[]) => new Map([['gateway', list]]);
  return {
    fits,
    fitAt: (observation: Observation, list: readonly Event[] = []) => cache.fitTargets(observation, events(list)),
  };
}

describe('the models of a namespace', () => {
  test('are fitted once a boundary, on the history before it and nothing after', async () => {
    const { fits, fitAt } = countedCache();
    for (const now of ['2026-11-27T12:30:00Z', '2026-11-27T13:00:00Z', '2026-11-27T18:05:00Z']) await fitAt(at(now));
    const boundary = fitBoundary(Date.parse('2026-11-27T12:30:00Z'));
    expect(fits).toEqual([{ target: 'gateway', now: boundary, until: boundary }]);
    await fitAt(at('2026-11-27T18:30:00Z'));
    expect(fits).toHaveLength(2);
  });

  test('are fitted anew for a new sale, and the same for the same sales', async () => {
    const { fits, fitAt } = countedCache();
    await fitAt(at('2026-11-27T12:30:00Z'));
    await fitAt(at('2026-11-27T12:31:00Z'), [event]);
    await fitAt(at('2026-11-27T12:32:00Z'), [event]);
    expect(fits).toHaveLength(2);
  });

  test('are kept when what came before the boundary cannot be read', async () => {
    const { fits, fitAt } = countedCache();
    const { gateway } = await fitAt(at('2026-11-27T12:30:00Z'));
    expect(await fitAt(at('2026-11-27T18:30:00Z', '2026-11-27T17:00:00Z'))).toEqual({ gateway });
    expect(fits).toHaveLength(1);
  });

  test('wait for samples before the boundary that may still rise, and are fitted again where they could not', async () => {
    const [young, settled] = [
      at('2026-11-27T18:30:00Z', '2026-11-27T18:30:00Z', '2026-11-27T17:59:00Z'),
      at('2026-11-27T18:31:00Z'),
    ];
    const waiting = countedCache();
    await waiting.fitAt(at('2026-11-27T12:30:00Z'));
    await waiting.fitAt(young);
    expect(waiting.fits).toHaveLength(1);
    await waiting.fitAt(settled);
    expect(waiting.fits).toHaveLength(2);
    const fresh = countedCache();
    await fresh.fitAt(young);
    await fresh.fitAt(young);
    await fresh.fitAt(settled);
    expect(fresh.fits).toHaveLength(2);
  });

  test('are none where nothing was measured before the boundary: a model of it would forecast that nobody comes', async () => {
    const { fits, fitAt } = countedCache(lastValueDemand, null);
    expect(await fitAt(at('2026-11-27T12:30:00Z'))).toEqual({
      gateway: { missing: 'nothing was measured before 2026-11-27T12:00:00Z, the last boundary' },
    });
    expect(fits).toEqual([]);
  });

  test('are a sentence where there is nothing to fit, or fitting fails', async () => {
    const unread = await countedCache().fitAt(at('2026-11-27T18:30:00Z', '2026-11-27T17:00:00Z'));
    expect(unread.gateway).toMatchObject({ missing: expect.stringContaining('boundary') });
    const failing = countedCache(() => {
      throw new RangeError('steps must be whole');
    });
    expect((await failing.fitAt(at('2026-11-27T12:30:00Z'))).gateway).toMatchObject({
      missing: 'no model can be fitted: steps must be whole',
    });
  });

  test('are fitted one by one, and whatever else waits comes in between', async () => {
    const order: string[] = [];
    const { fitAt } = countedCache((history, context) => {
      order.push('fit');
      setImmediate(() => order.push('other work'));
      return lastValueDemand(history, context);
    });
    const one = at('2026-11-27T12:30:00Z');
    const [target] = one.targets;
    if (target === undefined) throw new Error('a namespace has what it is given');
    const named = (name: string) => ({
      ...target,
      target: { ...target.target, metadata: { ...target.target.metadata, name } },
    });
    await fitAt({ ...one, targets: [named('cart'), named('search')] });
    expect(order).toEqual(['fit', 'other work', 'fit']);
  });
});
