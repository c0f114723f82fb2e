import { describe, expect, test } from 'vitest';
import { Elector, NotLeadingError } from '../../../src/kube/leases/elector.ts';
import type { Timing } from '../../../src/kube/timing.ts';
import { Election, released } from './election.ts';

describe('an election', () => {
  test('of eight has one leader, who stays', async () => {
    const election = new Election();
    for (const identity of 'abcdefgh') election.join(identity);
    await election.time.advance(120_000);
    expect(election.ledBy).toHaveLength(1);
    expect(election.store.lease?.spec).toMatchObject({ leaseDurationSeconds: 15, leaseTransitions: 1 });
    expect(election.store.lease?.spec?.renewTime).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/);
  });

  test('is handed over within a retry once the work of the old leader has stopped', async () => {
    const election = new Election();
    const a = election.join('a', election.time.machine(), 7000);
    await election.time.advance(100);
    election.join('b');
    await election.time.advance(5000);
    a.stop();
    await election.time.advance(6900);
    expect(election.leader).toBe('a');
    const took = await election.untilLeads(leader => leader === 'b', 60_000);
    expect(took).toBeLessThanOrEqual(2500);
    expect(a.events.at(-1)).toEqual({ type: 'Released' });
    expect(election.store.lease?.spec?.leaseTransitions).toBe(2);
    await a.done;
  });

  test.each<[string, number]>([
    ['with a clock like ours', 0],
    ['with a clock a day behind', -86_400_000],
    ['with a clock a day ahead', 86_400_000],
  ])('takes 15 s and a retry to replace a dead leader %s', async (_, skewMs) => {
    const election = new Election();
    let asleep = false;
    const clock = election.time.machine(skewMs);
    const dying: Timing = {
      ...clock,
      sleep: (ms, signal) => (asleep ? new Promise(() => {}) : clock.sleep(ms, signal)),
    };
    const dead = election.join('dead', dying);
    await election.time.advance(10_000);
    election.join('b');
    await election.time.advance(3_000);
    asleep = true;
    dead.working = false;
    const took = await election.untilLeads(leader => leader === 'b', 60_000);
    expect(took).toBeGreaterThan(12_000);
    expect(took).toBeLessThanOrEqual(19_500);
  });

  test('a leader that is cut off stops on its own before another begins, and works again later', async () => {
    const election = new Election();
    const a = election.join('a');
    await election.time.advance(100);
    election.join('b');
    await election.time.advance(20_000);
    election.store.unreachableFrom.add('a');
    const stopped = await election.untilLeads(leader => leader === undefined, 60_000);
    expect(stopped).toBeLessThanOrEqual(10_000);
    expect(() => a.elector.fence.check()).toThrow(NotLeadingError);
    expect(await election.untilLeads(leader => leader === 'b', 60_000)).toBeGreaterThan(15_000 - 10_000 - 2_500);
    expect(a.events.map(event => event.type)).toContain('Lost');
    election.store.unreachableFrom.clear();
    await election.time.advance(60_000);
    expect(election.ledBy).toEqual(['a', 'b']);
  });

  test('one failed renewal changes nothing', async () => {
    const election = new Election();
    const a = election.join('a');
    await election.time.advance(100);
    election.store.unreachableFrom.add('a');
    await election.time.advance(5_000);
    election.store.unreachableFrom.clear();
    await election.time.advance(30_000);
    expect(a.events.map(event => event.type)).toEqual(['Leading', 'Failed', 'Failed']);
  });

  test('a leader whose lease was taken by hand stops at its next renewal', async () => {
    const election = new Election();
    const a = election.join('a');
    await election.time.advance(100);
    const taken = { holderIdentity: 'somebody', leaseDurationSeconds: 15 };
    const { lease } = election.store;
    await election.store.seenBy('x').merge({ name: 'headstart' }, { metadata: lease?.metadata ?? {}, spec: taken });
    await election.time.advance(2_100);
    expect(a.elector.leading).toBe(false);
    expect(a.elector.holder).toBe('somebody');
    expect(a.working).toBe(false);
  });

  test.each<[string, (from: Timing) => Timing]>([
    [
      'the machine slept: its monotonic clock stood still',
      clock => ({ ...clock, wallMs: () => clock.wallMs() + 60_000 }),
    ],
    ['the wall clock was set back', clock => ({ ...clock, monotonicMs: () => clock.monotonicMs() + 60_000 })],
  ])('a leader does not believe in itself when %s', async (_, jump) => {
    const election = new Election();
    let clock = election.time.machine();
    const moving: Timing = {
      monotonicMs: () => clock.monotonicMs(),
      wallMs: () => clock.wallMs(),
      sleep: (ms, signal) => clock.sleep(ms, signal),
      random: () => 0,
    };
    const a = election.join('a', moving);
    await election.time.advance(3_000);
    expect(a.elector.leading).toBe(true);
    clock = jump(clock);
    expect(a.elector.leading).toBe(false);
  });

  test('what was taken by another meanwhile is not given back', async () => {
    const election = new Election();
    const a = election.join('a', election.time.machine(), 1_000);
    await election.time.advance(100);
    a.stop();
    const taken = { holderIdentity: 'somebody', leaseDurationSeconds: 15 };
    const metadata = election.store.lease?.metadata ?? {};
    await election.store.seenBy('x').merge({ name: 'headstart' }, { metadata, spec: taken });
    await election.time.advance(1_500);
    await a.done;
    expect(election.store.lease?.spec).toMatchObject(taken);
  });

  test('a slow renewal counts from when it was sent, not from when it was answered', async () => {
    const election = new Election();
    const a = election.join('a');
    await election.time.advance(100);
    election.store.delay = () => election.time.machine().sleep(4_000);
    await election.time.advance(5_950);
    election.store.unreachableFrom.add('a');
    await election.time.advance(5_900);
    expect(a.elector.leading).toBe(true);
    await election.time.advance(100);
    expect(a.elector.leading).toBe(false);
  });

  test('of two who take a free lease at once only one gets it', async () => {
    const election = new Election();
    election.join('a');
    await election.time.advance(100);
    const { lease } = election.store;
    if (lease !== undefined) lease.spec = released;
    election.candidates[0]?.stop();
    election.store.delay = () => election.time.machine().sleep(500);
    election.join('b');
    election.join('c');
    await election.time.advance(10_000);
    expect(election.candidates.filter(({ elector }) => elector.leading)).toHaveLength(1);
  });

  test('work that ends by itself gives the lease back and ends the run', async () => {
    const election = new Election();
    const { time, store } = election;
    const lease = { namespace: 'headstart', name: 'headstart' };
    const options = { leases: store.seenBy('a'), lease, identity: 'a', timing: time.machine() };
    const running = new Elector(options).run(new AbortController().signal, () => time.machine().sleep(5_000));
    await time.advance(6_000);
    await running;
    expect(store.lease?.spec).toMatchObject({ holderIdentity: '', leaseDurationSeconds: 1 });

    const failing = new Elector(options).run(new AbortController().signal, () => Promise.reject(new Error('a bug')));
    await expect(failing).rejects.toThrow('a bug');
    expect(store.lease?.spec).toMatchObject({ holderIdentity: '' });
  });

  test('a write sent in the last moment of leading is over before another may lead', () => {
    const election = new Election();
    const { elector } = election.join('a');
    expect(elector.fence.deadlineMs + 10_000).toBeLessThan(15_000);
    const wrong = { leases: election.store.seenBy('a'), lease: { namespace: 'a', name: 'a' }, identity: 'a' };
    expect(() => new Elector({ ...wrong, leaseSeconds: 10 })).toThrow('leaseSeconds > renewSeconds');
  });
});
