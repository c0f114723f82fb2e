import { describe, expect, test } from 'vitest';
import { acceptNamespace } from '../../src/plan/accept/accept-namespace.ts';
import { frozenTimes } from '../../src/plan/frozen-times.ts';
import { type Given, observationOf } from '../support/shop/planned-namespace.ts';

const now = '2026-11-27T18:00:00Z';
const sale = { startTime: '2026-11-27T19:00:00Z', endTime: '2026-11-27T21:00:00Z' };
const policy = { freeze: { beforeSeconds: 600, afterSeconds: 600 } };
const targets = { gateway: { spec: { entryPoint: true } } };

function windowsOf(sales: Given['sales'], more: Partial<Given> = {}): readonly string[] | undefined {
  const observation = observationOf({ now, policy, targets, ...(sales === undefined ? {} : { sales }), ...more });
  const windows = frozenTimes(observation, acceptNamespace(observation));
  return windows?.map(({ start, sales: names }) => `${new Date(start).toISOString().slice(5, 16)} ${names.join(' ')}`);
}

describe('deployments are frozen around', () => {
  test.each<[string, Given['sales'], readonly string[]]>([
    ['an accepted sale', [{ name: 'drop', ...sale }], ['11-27T18:50 drop']],
    ['one that is only watched', [{ name: 'drop', ...sale, mode: 'ForecastOnly' }], ['11-27T18:50 drop']],
    ['one that is refused', [{ name: 'drop', ...sale, entryPoints: ['unknown'] }], ['11-27T18:50 drop']],
    [
      'each date of a refused series',
      [{ name: 'drop', ...sale, entryPoints: ['unknown'], recurrence: { rule: 'FREQ=WEEKLY;COUNT=2' } }],
      ['11-27T18:50 drop', '12-04T18:50 drop'],
    ],
    ['no cancelled sale', [{ name: 'drop', ...sale, cancelled: true }], []],
    ['no refused and cancelled sale', [{ name: 'drop', ...sale, cancelled: true, entryPoints: ['unknown'] }], []],
    [
      'one that ended within afterSeconds',
      [{ name: 'drop', startTime: '2026-11-27T16:00:00Z', endTime: '2026-11-27T17:55:00Z' }],
      ['11-27T15:50 drop'],
    ],
  ])('%s', (_title, sales, expected) => {
    expect(windowsOf(sales)).toEqual(expected);
  });

  test('nothing where the policy states no freeze', () => {
    expect(windowsOf([{ name: 'drop', ...sale }], { policy: {} })).toBeUndefined();
  });
});
