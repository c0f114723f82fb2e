import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { planOf } from '../../support/shop/apply-planned.ts';
import { eveningSale } from '../../support/shop/evening-sale.ts';
import type { Given, GivenTarget } from '../../support/shop/planned-namespace.ts';

const prescaleTime = Date.parse('2026-11-27T18:53:13Z');
const start = Date.parse('2026-11-27T19:00:00Z');
const end = Date.parse('2026-11-27T21:00:00Z');
/** 90 s as stated, and 5 min to act. */
const openTime = prescaleTime - 390_000;
const seconds = (count: number) => count * 1000;

interface Moment {
  readonly at: number;
  readonly standing?: number;
  readonly landed?: number;
  readonly target?: GivenTarget;
  readonly given?: Partial<Given>;
}

/** What one look at the gateway's room plans, before and in a sale that needs 29 replicas of it. */
function roomAt({ at, standing = 0, landed = 4, target = {}, given = {} }: Moment) {
  const { plan } = planOf({
    now: new Date(at).toISOString(),
    policy: { nodeRoom: 'PlaceholderPods' },
    sales: [eveningSale],
    placeholders: [{ target: 'gateway', replicas: standing }],
    targets: { gateway: { forecast: 30, spec: { entryPoint: true }, pods: { ready: { 3600: landed } }, ...target } },
    ...given,
  });
  return plan.rooms?.[0]?.replicas;
}

test.each<[string, Moment, number | undefined]>([
  ['is closed before it opens', { at: openTime - seconds(1) }, 0],
  ['is opened for what is not there yet', { at: openTime }, 25],
  ['is opened once, after a crash too', { at: openTime + seconds(60), standing: 25 }, 25],
  ['is put right where somebody has scaled it up', { at: openTime + seconds(60), standing: 400 }, 25],
  ['is put right where somebody has scaled it down', { at: openTime + seconds(60), standing: 3 }, 25],
  ['shrinks by the pods that the HPA adds by itself', { at: openTime, landed: 9, standing: 25 }, 20],
  ['is not opened after the raise', { at: prescaleTime + seconds(15) }, 0],
  ['shrinks as pods land', { at: prescaleTime + seconds(15), landed: 20, standing: 25 }, 9],
  ['never grows again while they land', { at: prescaleTime + seconds(15), landed: 20, standing: 7 }, 7],
  ['is closed when all have landed', { at: start, landed: 29, standing: 25 }, 0],
  ['is closed at the end', { at: end, landed: 29, standing: 25 }, 0],
  [
    'is closed for a target that only forecasts',
    { at: openTime, standing: 9, target: { spec: { entryPoint: true, mode: 'ForecastOnly' } } },
    0,
  ],
  [
    'is not opened while raises are paused',
    { at: openTime, standing: 2, target: { spec: { entryPoint: true, paused: 'Up' } } },
    2,
  ],
  [
    'stays while caches may be old',
    { at: openTime - seconds(60), standing: 9, given: { doubts: [{ kind: 'FlashSale', state: 'Stale' }] } },
    9,
  ],
  [
    'is closed by an emergency that ends every raise',
    {
      at: openTime,
      standing: 9,
      given: {
        policy: {
          nodeRoom: 'PlaceholderPods',
          emergency: { action: 'Baseline', reason: 'budget', requestedBy: 'ada', until: '2026-11-27T22:00:00Z' },
        },
      },
    },
    0,
  ],
  [
    'waits for the approval of the sale',
    { at: openTime, given: { policy: { nodeRoom: 'PlaceholderPods', approval: { aboveExtraReplicas: 6 } } } },
    6,
  ],
])('room %s', (_, moment, replicas) => {
  expect(roomAt(moment)).toBe(replicas);
});

test('room opens as much earlier as nodes were seen to take', () => {
  const took = Array.from({ length: 8 }, (_, hour) => ({
    at: `2026-11-2${hour}T06:00:00Z`,
    workload: 'gateway',
    added: 25,
    seconds: 280 + hour,
    neededNodes: true,
  }));
  const at = openTime - seconds(210);
  expect(roomAt({ at })).toBe(0);
  expect(roomAt({ at, target: { status: { scaleUps: took } } })).toBe(25);
});

describe('a room', () => {
  test('with the pods on nodes is never more than the sale needs, grows only before its raise, and is 0 outside', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: openTime - 3_600_000, max: end + 3_600_000 }),
        fc.nat(60),
        fc.nat(40),
        (at, standing, landed) => {
          const replicas = roomAt({ at, standing, landed }) ?? 0;
          expect(replicas).toBeLessThanOrEqual(Math.max(0, 29 - landed));
          if (at < openTime || at >= end) expect(replicas).toBe(0);
          if (at >= prescaleTime) expect(replicas).toBeLessThanOrEqual(standing);
          else if (at >= openTime) expect(replicas).toBe(Math.max(0, 29 - landed));
        },
      ),
      { seed: 6, numRuns: 60 },
    );
  });
});
