import { expect, test } from 'vitest';
import { parseSettings } from '../../../src/operator/settings/settings.ts';
import { OperatorSight } from '../../../src/operator/telemetry/operator-sight.ts';
import { pageSourceOf } from '../../support/web/page-shop.ts';

test('pages are told when a decision is kept, forgotten, or no longer this replica’s', () => {
  const source = pageSourceOf({ now: '2026-11-27T12:00:00Z', targets: { gateway: { forecast: 100 } } });
  const newest = source.newest('shop');
  if (newest === undefined) throw new Error('no reconcile');
  const sight = new OperatorSight({
    watch: { namespaces: source.namespaces, read: source.read, stats: () => [] },
    clock: source,
    settings: parseSettings({}),
    identity: 'headstart-0',
    leader: { leading: true },
    budget: { restMs: 0 },
  });
  sight.put('shop', newest);
  sight.forget('other');
  expect(sight.revision).toBe(1);
  sight.forget('shop');
  expect([sight.revision, sight.newest('shop')]).toEqual([2, undefined]);
  sight.put('shop', newest);
  sight.clear();
  expect([sight.revision, sight.newest('shop')]).toEqual([4, undefined]);
});
