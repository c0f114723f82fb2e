import type { ServerResponse } from 'node:http';
import { describe, expect, test } from 'vitest';
import { realTiming, type Timing } from '../../../src/kube/timing.ts';
import { type Script, silence, status } from '../scripted-server.ts';
import {
  bookmark,
  catchUpOnce,
  endOfInitial,
  event,
  follow,
  impatient,
  list,
  openWatch,
  sale,
  watch,
  watchesAsked,
} from './follow-script.ts';

test('objects that change or go while they are being listed are what they became', async () => {
  const lines = [
    event('ADDED', sale('a', 1)),
    event('ADDED', sale('b', 2)),
    event('MODIFIED', sale('a', 3)),
    event('DELETED', sale('b', 4)),
    bookmark(4),
    endOfInitial(4),
  ];
  const following = await follow([openWatch(...lines)], ({ reflector }) => reflector.synced);
  expect(following.changes).toEqual(['Added a@3']);
});

describe('what a watch may do', () => {
  const start = watch(event('ADDED', sale('a', 1)), endOfInitial(100));

  test.each<[string, readonly Script[], readonly string[], readonly (string | null)[]]>([
    [
      'end in order: the next begins where it ended, bookmarks included',
      [watch(event('MODIFIED', sale('a', 101)), bookmark(150)), openWatch(event('DELETED', sale('a', 151)))],
      ['Modified a@101', 'Deleted a@101'],
      [null, '100', '150'],
    ],
    [
      'end within a line: the line does not count',
      [
        watch(event('ADDED', sale('b', 101)), event('DELETED', sale('a', 102)).slice(0, 40)),
        openWatch(event('DELETED', sale('a', 102))),
      ],
      ['Added b@101', 'Deleted a@1'],
      [null, '100', '101'],
    ],
    [
      'send garbage: what came before it counts',
      [watch(event('ADDED', sale('b', 101)), 'garbage\n', event('ADDED', sale('lost', 102))), openWatch(bookmark(103))],
      ['Added b@101'],
      [null, '100', '101'],
    ],
    [
      'send what is older than known: it does not count',
      [watch(event('MODIFIED', sale('a', 120)), event('MODIFIED', sale('a', 99))), openWatch(bookmark(121))],
      ['Modified a@120'],
      [null, '100', '120'],
    ],
    [
      'tell of a new object of the same name: the old one is gone first',
      [openWatch(event('ADDED', sale('a', 101, 'other')), event('DELETED', sale('a', 99)))],
      ['Deleted a@1', 'Added a@101'],
      [null, '100'],
    ],
    [
      'forget the past in the stream: a list tells what was missed, deletes too',
      [
        watch(event('ERROR', { kind: 'Status', code: 410, reason: 'Expired' })),
        watch(event('ADDED', sale('b', 200)), endOfInitial(300)),
        openWatch(bookmark(301)),
      ],
      ['Deleted a@1', 'Added b@200'],
      [null, '100', null, '300'],
    ],
    [
      'forget the past by its status',
      [status(410, 'Expired'), watch(event('ADDED', sale('a', 200)), endOfInitial(300)), openWatch()],
      ['Modified a@200'],
      [null, '100', null, '300'],
    ],
    [
      'be put back by a restored store: the list is believed although it is older',
      [status(410, 'Expired'), watch(event('ADDED', sale('a', 0)), endOfInitial(50)), openWatch()],
      ['Modified a@0'],
      [null, '100', null, '50'],
    ],
    [
      'fail in the stream: it goes on from the last event',
      [watch(event('ERROR', { kind: 'Status', code: 500, reason: 'InternalError' })), openWatch(bookmark(101))],
      [],
      [null, '100', '100'],
    ],
  ])('%s', async (_, scripts, changes, watches) => {
    const following = await follow(
      [start, ...scripts],
      known => known.changes.length > changes.length && watchesAsked(known).length >= watches.length,
    );
    expect(following.changes.slice(1)).toEqual(changes);
    expect(watchesAsked(following)).toEqual(watches);
  });

  test('stay silent: it is cut off at its deadline, and the next goes on', async () => {
    const following = await follow(
      [start, silence, openWatch(event('ADDED', sale('b', 101)))],
      ({ reflector }) => reflector.values().length === 2,
      { transport: { headMs: 50 } },
    );
    expect(watchesAsked(following)).toEqual([null, '100', '100']);
    expect(following.reflector.stats.lastFailure).toContain('no complete answer within 50 ms');
  });

  test('end at once, for ever: it is not hammered', async () => {
    const pauses: number[] = [];
    const timing: Timing = {
      ...realTiming,
      sleep: async (ms, signal) => {
        pauses.push(ms);
        return realTiming.sleep(1, signal);
      },
    };
    await follow([start, watch()], () => pauses.length > 5, { timing });
    expect(Math.min(...pauses)).toBeGreaterThanOrEqual(50);
  });

  /** The pauses of a reflector whose every watch costs `watchMs` of its time. */
  async function pausesOf(scripts: readonly Script[], count: number, watchMs = 0): Promise<readonly number[]> {
    const pauses: number[] = [];
    let now = 0;
    const timing: Timing = {
      ...realTiming,
      random: () => 0.5,
      monotonicMs: () => {
        now += watchMs;
        return now;
      },
      sleep: async (ms, signal) => {
        pauses.push(ms);
        return realTiming.sleep(1, signal);
      },
    };
    await follow(scripts, () => pauses.length >= count, { timing });
    return pauses.slice(0, count);
  }
  const expired = event('ERROR', { kind: 'Status', code: 410, reason: 'Expired' });
  const forget = watch(expired);
  const fail = watch(event('ERROR', { kind: 'Status', code: 500, reason: 'InternalError' }));

  test.each<[string, readonly Script[], number, readonly number[]]>([
    [
      'fail for ever: the pauses grow to five seconds',
      [status(500, 'Error')],
      0,
      [200, 400, 800, 1600, 3200, 5000, 5000],
    ],
    ['fail after it has lasted: the pauses do not grow', [start, fail], 6_000, [150, 200, 200, 200]],
    ['forget once: the list follows at once', [status(500, 'Error'), start, forget, start], 0, [200, 150, 150, 150]],
    ['forget for ever: the lists come ever more slowly', [watch(endOfInitial(1), expired)], 0, [150, 200, 400]],
  ])('%s', async (_, scripts, watchMs, expected) => {
    expect(await pausesOf(scripts, expected.length, watchMs)).toEqual(expected);
  });
});

describe('readers of the cache', () => {
  test('can wait until it has caught up', async () => {
    let caughtUp = false;
    const following = await follow([openWatch(endOfInitial(99), event('ADDED', sale('a', 100)))], ({ reflector }) => {
      if (reflector.resourceVersion === '')
        void reflector.caughtUpTo('100').then(() => {
          caughtUp = true;
        });
      return caughtUp;
    });
    expect(following.changes).toEqual(['Added a@100']);
    await expect(following.reflector.caughtUpTo('99')).resolves.toBeUndefined();
    await expect(following.reflector.caughtUpTo('1000', AbortSignal.timeout(20))).rejects.toThrow('timeout');
  });

  test('can make it catch up by a list, which older events of the watch do not undo', async () => {
    const watches: ServerResponse[] = [];
    const server: Script = (asked, response) => {
      if (!asked.query.has('watch')) return list(20, sale('b', 15))(asked, response);
      watches.push(response);
      return openWatch(event('ADDED', sale('a', 1)), endOfInitial(10))(asked, response);
    };
    const catchingUp: Promise<void>[] = [];
    const following = await follow([server], ({ reflector }) => {
      const pushLate = () => {
        watches[0]?.write(event('ADDED', sale('c', 12)) + event('MODIFIED', sale('b', 21)));
      };
      if (reflector.synced && catchingUp.length === 0) catchingUp.push(reflector.catchUp().then(pushLate));
      return reflector.resourceVersion === '21';
    });
    expect(following.changes).toEqual(['Added a@1', 'Deleted a@1', 'Added b@15', 'Modified b@21']);
  });

  test('are not set back by a list that is older than the watch', async () => {
    const server: Script = (asked, response) => {
      const script = asked.query.has('watch') ? openWatch(event('ADDED', sale('a', 30)), endOfInitial(30)) : list(20);
      return script(asked, response);
    };
    const following = await follow([server], catchUpOnce());
    expect(following.changes).toEqual(['Added a@30']);
  });

  test('are projected once a version, whether the watch brings it or a list', async () => {
    const both = openWatch(event('ADDED', sale('a', 1)), event('ADDED', sale('b', 2)), endOfInitial(10));
    const server: Script = (asked, response) =>
      (asked.query.has('watch') ? both : list(20, sale('a', 1), sale('b', 15)))(asked, response);
    const projected: string[] = [];
    await follow([server], catchUpOnce(), {
      project: ({ metadata }) => {
        projected.push(`${metadata?.name}@${metadata?.resourceVersion}`);
        return '';
      },
    });
    expect(projected).toEqual(['a@1', 'b@2', 'b@15']);
  });

  test('are not hurt by a handler that throws', async () => {
    const following = await follow(
      [openWatch(event('ADDED', sale('a', 1)), endOfInitial(2), event('ADDED', sale('b', 3)))],
      ({ reflector }) => reflector.values().length === 2,
      {
        onChange: () => {
          throw new Error('a bug');
        },
      },
    );
    expect(following.reflector.stats).toMatchObject({ handlerErrors: 2, failures: 0, lastFailure: 'a bug' });
  });

  test('see how old it is', async () => {
    let now = 0;
    const following = await follow([openWatch(endOfInitial(1))], ({ reflector }) => reflector.synced, {
      timing: { ...impatient, monotonicMs: () => now },
    });
    expect(following.reflector.ageMs()).toBe(0);
    now = 46_000;
    expect(following.reflector.ageMs()).toBe(46_000);
  });

  test('are asked for one namespace when a selection says so', async () => {
    const selection = { namespace: 'shop', labelSelector: 'tier=Critical' };
    const following = await follow([openWatch(endOfInitial(1))], ({ reflector }) => reflector.synced, { selection });
    expect(following.asked[0]).toMatchObject({ path: '/apis/headstart.dev/v1alpha1/namespaces/shop/flashsales' });
    expect(following.asked[0]?.query.get('labelSelector')).toBe('tier=Critical');
  });
});
