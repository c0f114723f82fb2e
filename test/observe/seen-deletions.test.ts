import { expect, test } from 'vitest';
import { SeenDeletions } from '../../src/observe/seen-deletions.ts';
import { status } from '../kube/scripted-server.ts';
import { endOfInitial, event, follow, list, openWatch, sale, watch } from '../kube/watch/follow-script.ts';

function hooks(deletions: SeenDeletions) {
  return {
    onDeleted: (namespace: string, name: string) => deletions.add(namespace, name),
    onNotServed: () => deletions.clear(),
  };
}

test('a deletion is seen in a watch, until the object comes back', async () => {
  const deletions = new SeenDeletions();
  const told = [
    event('ADDED', sale('a', 1)),
    event('ADDED', sale('b', 2)),
    endOfInitial(7),
    event('DELETED', sale('a', 8)),
  ];
  await follow([openWatch(...told)], ({ changes }) => changes.includes('Deleted a@1'), hooks(deletions));
  expect(deletions.namesIn('shop')).toEqual(['a']);
  deletions.remove('shop', 'a');
  expect(deletions.namesIn('shop')).toEqual([]);
});

test('an object that a list lacks was deleted by nobody that is known', async () => {
  const deletions = new SeenDeletions();
  const expired = event('ERROR', { kind: 'Status', code: 410, reason: 'Expired' });
  await follow(
    [status(400, 'BadRequest'), list(7, sale('a', 1)), watch(expired), list(9), openWatch()],
    ({ changes }) => changes.includes('Deleted a@1'),
    hooks(deletions),
  );
  expect(deletions.namesIn('shop')).toEqual([]);
});

test('deletions count no more once the kind is not served: its CRD was removed', async () => {
  const deletions = new SeenDeletions();
  const told = [event('ADDED', sale('a', 1)), endOfInitial(7), event('DELETED', sale('a', 8))];
  await follow(
    [watch(...told), status(404, 'NotFound'), openWatch()],
    ({ reflector }) => reflector.stats.failures > 0,
    hooks(deletions),
  );
  expect(deletions.namesIn('shop')).toEqual([]);
});
