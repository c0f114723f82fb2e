import { afterEach, describe, expect, test } from 'vitest';
import { parseSettings } from '../../../src/operator/settings/settings.ts';
import { startOperator } from '../../../src/operator/start-operator.ts';
import { Liveness } from '../../../src/operator/telemetry/liveness.ts';
import { createMetrics } from '../../../src/operator/telemetry/metrics.ts';
import { serveStatus } from '../../../src/operator/telemetry/serve-status.ts';
import { openShop, type Shop } from '../../support/shop/sandbox-shop.ts';

/** 8 ticks of 15 s on top of 120 s. */
const limitMs = 240_000;

function setUp() {
  let now = 0;
  const liveness = new Liveness({ tickSeconds: 15, longestReconcileMs: 120_000, timing: { monotonicMs: () => now } });
  const pass = (ms: number) => {
    now += ms;
  };
  return { liveness, pass };
}

describe('the liveness of an operator', () => {
  test('is well while it does not lead, and while ticks come', () => {
    const { liveness, pass } = setUp();
    pass(10 * limitMs);
    expect(liveness.complaint).toBeUndefined();
    for (let tick = 0; tick < 100; tick += 1) {
      liveness.tick();
      pass(limitMs);
      expect(liveness.complaint).toBeUndefined();
    }
  });

  test('is gone when no tick comes, until the loop ends in order', () => {
    const { liveness, pass } = setUp();
    liveness.tick();
    pass(limitMs + 1);
    expect(liveness.complaint).toBe('the loop over the namespaces has not turned within 240 s');
    liveness.rest();
    expect(liveness.complaint).toBeUndefined();
  });

  test('is gone when one namespace hangs, though ticks come and the loop has ended', () => {
    const { liveness, pass } = setUp();
    liveness.begin('shop');
    pass(limitMs + 1);
    liveness.tick();
    liveness.rest();
    expect(liveness.complaint).toBe('the reconcile of namespace shop has not ended within 240 s');
    liveness.end('shop');
    expect(liveness.complaint).toBeUndefined();
  });
});

describe('an operator', () => {
  let shop: Shop;
  afterEach(() => shop.close());

  const settings = parseSettings({
    listen: { health: 'off', metrics: 'off' },
    leaderElection: { enabled: false },
  });

  test('whose loop has come to its end without being told says so', async () => {
    shop = await openShop({ start: Date.parse('2026-11-27T19:00:00Z'), demand: () => 100 });
    const silent = { debug() {}, info() {}, warn() {}, error() {} };
    const clock = {
      now: () => shop.clock.now(),
      monotonicMs: () => shop.clock.now(),
      sleep: () => Promise.reject(new Error('the clock broke')),
    };
    const operator = await startOperator({ connection: shop.connection, settings, clock, log: silent });
    await expect(operator.ended).rejects.toThrow('the clock broke');
    await operator.stop();
  });

  test('without a liveness is not healthy', async () => {
    shop = await openShop({ start: Date.parse('2026-11-27T19:00:00Z'), demand: () => 100 });
    const liveness = { complaint: undefined as string | undefined };
    const facts = { watch: {} as never, metrics: createMetrics(), liveness };
    const own = parseSettings({ listen: { health: '127.0.0.1:0', metrics: 'off' } });
    const [server] = await serveStatus(own, facts);
    const request = () => fetch(`http://127.0.0.1:${server?.port}/healthz`);
    expect((await request()).status).toBe(200);
    liveness.complaint = 'it hangs';
    const answer = await request();
    expect([answer.status, await answer.text()]).toEqual([503, 'it hangs\n']);
    await server?.close();
  });
});
