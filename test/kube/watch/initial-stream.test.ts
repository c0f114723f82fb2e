import { describe, expect, test } from 'vitest';
import { json, type Script, status } from '../scripted-server.ts';
import { cutWatch, endOfInitial, event, follow, list, openWatch, sale, watch, watchesAsked } from './follow-script.ts';

describe('the first state', () => {
  test('is read as a stream, believed only when whole, and followed by the same watch', async () => {
    const following = await follow(
      [
        cutWatch(event('ADDED', sale('half', 1))),
        openWatch(
          event('ADDED', sale('a', 1)),
          event('ADDED', sale('b', 2)),
          endOfInitial(7),
          event('ADDED', sale('c', 8)),
        ),
      ],
      ({ reflector }) => reflector.values().length === 3,
    );
    expect(following.changes).toEqual(['Added a@1', 'Added b@2', 'Added c@8']);
    expect(following.asked[1]?.query.toString()).toMatch(
      /^watch=true&allowWatchBookmarks=true&timeoutSeconds=\d&sendInitialEvents=true&resourceVersionMatch=NotOlderThan$/,
    );
    expect(following.reflector.stats).toMatchObject({ lists: 1, failures: 1 });
  });

  test.each<[string, Script]>([
    ['refuses the stream', status(422, 'Invalid')],
    ['says 410 to it', status(410, 'Expired')],
    ['takes it for a plain watch', watch(event('ADDED', sale('a', 1)))],
  ])('is read page by page from a server that %s', async (_, refusal) => {
    const first = json(200, { items: [sale('a', 1)], metadata: { resourceVersion: '9', continue: 'more' } });
    const following = await follow(
      [refusal, first, list(9, sale('b', 2)), openWatch(event('MODIFIED', sale('a', 10)))],
      ({ reflector }) => reflector.get('shop', 'a') === 'a@10',
    );
    expect(following.asked[2]?.query.toString()).toBe('limit=500&continue=more');
    expect(following.changes).toEqual(['Added a@1', 'Added b@2', 'Modified a@10']);
    expect(watchesAsked(following)).toEqual([null, '9']);
  });

  test('is read again and again until the server is there', async () => {
    const following = await follow(
      [status(503, 'ServiceUnavailable'), status(404, 'NotFound'), openWatch(endOfInitial(3))],
      ({ reflector }) => reflector.synced,
    );
    expect(following.reflector.stats).toMatchObject({ failures: 2 });
    expect(following.reflector.values()).toEqual([]);
  });
});

describe('a kind that the server may lack', () => {
  test('has no objects while it is not served, and those that come with it later', async () => {
    const following = await follow(
      [status(404, 'NotFound'), openWatch(event('ADDED', sale('a', 1)), endOfInitial(3))],
      ({ reflector }) => reflector.values().length === 1,
      { isOptional: true },
    );
    expect(following.reflector.stats).toMatchObject({ failures: 0 });
    expect(following.changes).toEqual(['Added a@1']);
  });

  test('loses its objects with its definition', async () => {
    const following = await follow(
      [watch(event('ADDED', sale('a', 1)), endOfInitial(3)), status(404, 'NotFound')],
      ({ changes }) => changes.length === 2,
      { isOptional: true },
    );
    expect(following.changes).toEqual(['Added a@1', 'Deleted a@1']);
    expect(following.reflector.synced).toBe(true);
  });
});
