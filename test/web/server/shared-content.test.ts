import { expect, test } from 'vitest';
import { SharedContent } from '../../../src/web/server/shared-content.ts';

test('what viewers of one scope see is made once, until something changes or a second has passed', () => {
  const source = { revision: 1, now: () => now };
  let now = 0;
  let made = 0;
  const shared = new SharedContent(source);
  const look = (scope: string | undefined, key = '/') => {
    const before = made;
    shared.of({ ...(scope === undefined ? {} : { scope }) }, key, () => `made ${++made}`);
    return made - before;
  };
  expect([look(undefined), look(undefined), look('anna'), look('anna'), look('anna', '/services')]).toEqual([
    1, 0, 1, 0, 1,
  ]);
  source.revision = 2;
  expect([look('anna'), look('anna')]).toEqual([1, 0]);
  now = 1_000;
  expect([look('anna'), look('anna')]).toEqual([1, 0]);
});

test('of many views the newest are kept', () => {
  const shared = new SharedContent({ revision: 1, now: () => 0 });
  for (let view = 0; view < 100; view++) shared.of({}, `/${view}`, () => 'first');
  expect(shared.of({}, '/99', () => 'again').text).toBe('first');
  expect(shared.of({}, '/0', () => 'again').text).toBe('again');
});
