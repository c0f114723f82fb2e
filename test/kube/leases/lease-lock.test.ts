import { describe, expect, test } from 'vitest';
import { TransportError } from '../../../src/kube/api-error.ts';
import { Elector } from '../../../src/kube/leases/elector.ts';
import { Election, type LeaseStore, released, rename } from './election.ts';

describe('a lease', () => {
  test('that was absent is led only once it was held for a full duration', async () => {
    const election = new Election();
    election.store.lease = undefined;
    const a = election.join('a');
    election.join('b');
    const took = await election.untilLeads(leader => leader !== undefined, 60_000);
    expect(took).toBeGreaterThanOrEqual(15_000);
    expect(took).toBeLessThanOrEqual(17_500);
    expect(a.events[0]).toEqual({ type: 'Waiting' });
    expect(election.store.lease).toMatchObject({ spec: { leaseTransitions: 0 } });
  });

  test.each<[string, (store: LeaseStore) => unknown]>([
    [
      'deleted',
      store => {
        store.lease = undefined;
      },
    ],
    ['made anew without a holder', store => store.make({})],
    ['made anew as it was released once', store => store.make(released)],
    ['made anew from a copy that names another', store => store.make({ ...store.lease?.spec, holderIdentity: 'b' })],
    ['put in the name of another by hand', store => rename(store, 'b')],
  ])('never has two leaders when its lease is %s', async (change, doIt) => {
    for (let offset = 100; offset < 2_500; offset += 300) {
      const election = new Election();
      election.join('a', election.time.machine(0, 0.3));
      await election.time.advance(100);
      // Out of step with the leader, so that each is the first to see the change at some of the offsets.
      await election.time.advance(700);
      election.join('b', election.time.machine(0, 0.7));
      await election.time.advance(20_000 + offset);
      doIt(election.store);
      const stopped = await election.untilLeads(leader => leader === undefined, 60_000);
      expect(stopped, `${change} after ${offset} ms`).toBeLessThanOrEqual(2_600);
      const took = await election.untilLeads(leader => leader !== undefined, 60_000);
      expect(took).toBeGreaterThan(10_000);
      expect(took).toBeLessThanOrEqual(20_000);
    }
  });

  test('made and deleted again at once is never led by two', async () => {
    for (let offset = 0; offset < 2_500; offset += 100) {
      const election = new Election();
      election.store.lease = undefined;
      election.join('a', election.time.machine(0, 0.1));
      await election.time.advance(900);
      election.join('b', election.time.machine(0, 0.9));
      await election.untilLeads(leader => leader !== undefined, 60_000);
      await election.time.advance(offset);
      election.store.lease = undefined;
      await election.time.advance(10_000);
      election.store.lease = undefined;
      await election.time.advance(40_000);
      expect(election.leader).toBeDefined();
    }
  });

  test('a leader whose renewal finds the lease deleted stops at once', async () => {
    const election = new Election();
    const a = election.join('a');
    await election.time.advance(100);
    election.store.delay = () => election.time.machine().sleep(200);
    await election.time.advance(2_050);
    election.store.lease = undefined;
    await election.time.advance(200);
    expect(a.elector.leading).toBe(false);
    expect(a.events.map(({ type }) => type)).toEqual(['Leading', 'Waiting', 'Lost']);
  });

  test('a lease taken by a request whose answer was lost is led at the next attempt', async () => {
    const election = new Election();
    const { store, time } = election;
    store.make({ holderIdentity: 'dead', leaseDurationSeconds: 15, renewTime: 'long ago' });
    const leases = store.seenBy('a');
    let lost = 0;
    const merge: typeof leases.merge = async (...sent) => {
      const stored = await leases.merge(...sent);
      lost += 1;
      if (lost === 1) throw new TransportError('ECONNRESET', true, 'the answer was lost');
      return stored;
    };
    const lease = { namespace: 'headstart', name: 'headstart' };
    const elector = new Elector({ leases: { ...leases, merge }, lease, identity: 'a', timing: time.machine() });
    void elector.run(new AbortController().signal, () => time.machine().sleep(1e9));
    await time.advance(18_500);
    expect(lost).toBeGreaterThanOrEqual(2);
    expect(elector.leading).toBe(true);
  });
});
