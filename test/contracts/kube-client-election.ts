import { expect, test } from 'vitest';
import type { Connection } from '../../src/kube/connect.ts';
import { Elector } from '../../src/kube/leases/elector.ts';
import { leases } from '../../src/kube/resources/resource-kind.ts';
import { realTiming } from '../../src/kube/timing.ts';
import { releasedLease } from '../support/shop/released-lease.ts';

/** Tests of leader election, for any API server. */
export function describeElection(current: () => { readonly connection: Connection; readonly namespace: string }): void {
  test('a lease goes from one candidate to the next, whole', async () => {
    const candidate = (identity: string) =>
      new Elector({
        leases: current().connection.resource(leases),
        lease: { namespace: current().namespace, name: 'leader' },
        identity,
        // The default terms: a candidate that a busy machine holds up for a second must not lose its lease.
        retrySeconds: 0.1,
      });
    const [first, second] = [candidate('first'), candidate('second')];
    const { metadata, spec } = releasedLease(current().namespace, 'leader');
    await current().connection.resource(leases).create({ metadata, spec });
    const stops = [new AbortController(), new AbortController()] as const;
    const wait = (signal: AbortSignal) => realTiming.sleep(60_000, signal).catch(() => {});
    const running = [first.run(stops[0].signal, wait)];
    await expect.poll(() => first.leading).toBe(true);
    running.push(second.run(stops[1].signal, wait));
    await expect.poll(() => second.holder).toBe('first');
    expect(second.leading).toBe(false);
    stops[0].abort();
    await expect.poll(() => second.leading).toBe(true);
    expect(first.leading).toBe(false);
    expect(
      (await current().connection.resource(leases).get({ namespace: current().namespace, name: 'leader' })).spec,
    ).toMatchObject({
      holderIdentity: 'second',
      leaseTransitions: 2,
    });
    stops[1].abort();
    await Promise.all(running);
  });

  test('a deleted lease ends leading at once, and nobody leads for a full lease duration', async () => {
    const elector = (identity: string) =>
      new Elector({
        leases: current().connection.resource(leases),
        lease: { namespace: current().namespace, name: 'deleted-leader' },
        identity,
        leaseSeconds: 6,
        renewSeconds: 5,
        retrySeconds: 0.3,
      });
    const electors = [elector('first'), elector('second')] as const;
    const stop = new AbortController();
    const wait = (signal: AbortSignal) => realTiming.sleep(60_000, signal).catch(() => {});
    const running = electors.map(one => one.run(stop.signal, wait));
    const leading = () => electors.filter(one => one.leading).length;
    await expect.poll(leading, { timeout: 20_000 }).toBe(1);
    await current().connection.resource(leases).delete({ namespace: current().namespace, name: 'deleted-leader' });
    const deletedAt = performance.now();
    await expect.poll(leading, { interval: 20, timeout: 3_000 }).toBe(0);
    const stoppedAt = performance.now();
    let most = 0;
    while (most === 0 && performance.now() - deletedAt < 20_000) {
      most = leading();
      await realTiming.sleep(20);
    }
    expect(most).toBe(1);
    expect(performance.now() - deletedAt).toBeGreaterThanOrEqual(6_000);
    expect(stoppedAt - deletedAt).toBeLessThan(3_000);
    stop.abort();
    await Promise.all(running);
  }, 60_000);
}
