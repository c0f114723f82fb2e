import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, describe, expect, test } from 'vitest';
import { fitDemand } from '../../../forecasts/index.ts';
import { packSeries } from '../../../src/observe/samples/packed-series.ts';
import { createOwnForecaster } from '../../../src/operator/forecasting/create-own-forecaster.ts';
import {
  createThreadedForecaster,
  type ThreadsOptions,
} from '../../../src/operator/forecasting/create-threaded-forecaster.ts';
import type { Forecaster, ForecastRequest } from '../../../src/operator/forecasting/forecaster.ts';
import { madeUpDemand, monday } from '../../support/demand/made-up-demand.ts';

const dayMs = 86_400_000;
const fittedAt = monday + 14 * dayMs;
const history = madeUpDemand({ days: 14 });
const slowThread = new URL('../../support/forecasting/slow-thread.ts', import.meta.url);
const pieceAt = (day: number) => ({ from: fittedAt + day * dayMs, steps: 30, coarseness: 1, events: [] });

function request(target: string, pieces = [pieceAt(0)], neededAt = 0, values = history): ForecastRequest {
  return {
    fit: `${target}'s fit`,
    target,
    read: () => ({ history: packSeries(values), context: { now: fittedAt, events: [] } }),
    pieces,
    neededAt,
  };
}

const open: Forecaster[] = [];
function threaded(options: Partial<ThreadsOptions> = {}): Forecaster {
  const forecaster = createThreadedForecaster({ threads: 1, entry: slowThread, ...options });
  open.push(forecaster);
  return forecaster;
}
afterEach(async () => {
  await Promise.all(open.splice(0).map(forecaster => forecaster.stop()));
});

test('a clock reaches the threads: the days are those of its zone', async () => {
  const clock = { timeZone: 'Asia/Tokyo', offsets: [{ from: 0, offsetMs: 9 * 3_600_000 }], holidays: [] };
  const read = () => ({ history: packSeries(history), context: { now: fittedAt, events: [], clock } });
  const forecaster = createThreadedForecaster({ threads: 1 });
  open.push(forecaster);
  expect(await forecaster.forecast({ ...request('shop'), read })).toMatchObject([
    { basis: expect.stringContaining('; days of Asia/Tokyo') },
  ]);
});

describe('forecast threads', () => {
  test('leave the main thread its time while a forecast burns two seconds', async () => {
    const forecaster = threaded();
    await forecaster.forecast(request('warm'));
    const burning = forecaster.forecast(request('slow'));
    const started = performance.now();
    let isDone = false;
    void burning.then(() => {
      isDone = true;
    });
    // CPU time, not wall time: what else runs on the machine must not count.
    const before = process.threadCpuUsage();
    while (!isDone) await delay(10);
    const used = process.threadCpuUsage(before);
    expect(performance.now() - started).toBeGreaterThan(1900);
    expect((used.user + used.system) / 1000).toBeLessThan(500);
  });

  test('make the forecasts that the own thread makes, byte for byte, gaps in the history included', async () => {
    const gappy = { ...history, values: history.values.map((value, i) => (i % 97 === 0 ? null : value)) };
    const asked = request(
      'gateway',
      [pieceAt(0), pieceAt(3), { ...pieceAt(5), steps: 1440, coarseness: 60 }],
      0,
      gappy,
    );
    const own = await createOwnForecaster(fitDemand).forecast(asked);
    const forecaster = createThreadedForecaster({ threads: 2 });
    open.push(forecaster);
    expect(JSON.stringify(await forecaster.forecast(asked))).toBe(JSON.stringify(own));
  });

  test('make first what is needed first, although something longer has begun', async () => {
    const forecaster = threaded();
    const order: string[] = [];
    const ask = (target: string, days: number, neededAt: number) =>
      forecaster
        .forecast(
          request(
            target,
            Array.from({ length: days }, (_, day) => pieceAt(day)),
            neededAt,
          ),
        )
        .then(() => order.push(target));
    await Promise.all([ask('next month', 100, 30), ask('next week', 1, 7), ask('due', 1, 0)]);
    expect(order).toEqual(['due', 'next week', 'next month']);
  });

  test('that crash or hang are replaced: their work is missing with the reason, all other is done', async () => {
    const ended: string[] = [];
    const forecaster = threaded({ longestMs: 3000, onEnd: (target, reason) => ended.push(`${target}: ${reason}`) });
    const [crashed, hung, after] = await Promise.all([
      forecaster.forecast(request('crashing')),
      forecaster.forecast(request('hanging')),
      forecaster.forecast(request('healthy')),
    ]);
    expect(crashed).toEqual({ missing: 'the thread that made its forecast ended: it exited with 7' });
    expect(hung).toEqual({ missing: 'the thread that made its forecast ended: it took longer than 3 s' });
    expect(after).toHaveLength(1);
    expect(ended).toEqual(['crashing: it exited with 7', 'hanging: it took longer than 3 s']);
  });

  test('answer a model that throws with its message', async () => {
    expect(await threaded().forecast(request('throwing'))).toEqual([
      { missing: 'no forecast can be made: steps must be whole' },
    ]);
  });

  test('are ended at once although they are busy, and answer what is open', async () => {
    const forecaster = threaded();
    const answers = Promise.all(['hanging', 'waiting'].map(target => forecaster.forecast(request(target))));
    await delay(500);
    const started = performance.now();
    await forecaster.stop();
    expect(performance.now() - started).toBeLessThan(5000);
    expect(await answers).toMatchObject([
      { missing: expect.stringContaining('the operator stops') },
      { missing: 'the operator stops' },
    ]);
  });
});
