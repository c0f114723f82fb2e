import { IncomingMessage, ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { ChangeStream } from '../../../src/web/server/change-stream.ts';

const changes = new ChangeStream({ revision: 1 });
afterEach(() => changes.close());

function openPages(count: number, user: string | undefined): readonly ServerResponse[] {
  return Array.from({ length: count }, () => {
    const response = new ServerResponse(new IncomingMessage(new Socket()));
    changes.follow(response, user);
    return response;
  });
}

test('one user follows with twenty pages at most, and leaves room for others', () => {
  const pages = openPages(20, 'anna');
  expect([changes.hasRoomFor('anna'), changes.hasRoomFor('ben')]).toEqual([false, true]);
  pages[0]?.emit('close');
  expect(changes.hasRoomFor('anna')).toBe(true);
  openPages(181, undefined);
  expect([changes.hasRoomFor('ben'), changes.hasRoomFor(undefined)]).toEqual([false, false]);
});
