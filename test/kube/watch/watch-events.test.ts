import { describe, expect, test } from 'vitest';
import { readWatchEvents } from '../../../src/kube/watch/watch-events.ts';

async function* chunks(...parts: readonly (string | Buffer)[]): AsyncGenerator<Buffer> {
  for (const part of parts) yield Buffer.from(part);
}

/** The names of all events, and how the reading ended. */
async function read(...parts: readonly (string | Buffer)[]): Promise<string[]> {
  const seen: string[] = [];
  try {
    for await (const batch of readWatchEvents(chunks(...parts)))
      seen.push(...batch.map(({ type, object }) => `${type} ${object.metadata?.name ?? ''}`.trim()));
    seen.push('end');
  } catch (error) {
    seen.push(error instanceof Error ? error.message : String(error));
  }
  return seen;
}

const line = (name: string, type = 'ADDED') => `${JSON.stringify({ type, object: { metadata: { name } } })}\n`;
const bytes = Buffer.from(line('größe'));
const bad = (what: string) => `a line of the watch is ${what}`;

describe('a watch is read', () => {
  test.each<[string, readonly (string | Buffer)[], readonly string[]]>([
    ['several events in a chunk', [line('a') + line('b')], ['ADDED a', 'ADDED b', 'end']],
    ['one event in many chunks', [...line('a')], ['ADDED a', 'end']],
    [
      'a letter cut in two',
      [bytes.subarray(0, 40), bytes.subarray(40, 42), bytes.subarray(42)],
      ['ADDED größe', 'end'],
    ],
    ['empty lines', ['\n\r\n', line('a'), '\n'], ['ADDED a', 'end']],
    [
      'bookmarks without a name',
      ['{"type":"BOOKMARK","object":{"metadata":{"resourceVersion":"7"}}}\n'],
      ['BOOKMARK', 'end'],
    ],
    [
      'a line cut off at the end',
      [line('a'), line('b').slice(0, -2)],
      ['ADDED a', bad('cut off at the end of the stream')],
    ],
    ['no JSON', [`${line('a')}nonsense\n${line('b')}`], ['ADDED a', bad('no JSON')]],
    ['null', ['null\n'], [bad('no event of a known type with an object')]],
    ['an unknown type', [line('a', 'RENAMED')], [bad('no event of a known type with an object')]],
    ['an event without an object', ['{"type":"ADDED"}\n'], [bad('no event of a known type with an object')]],
    [
      'an error of the server',
      [line('a'), '{"type":"ERROR","object":{"code":410,"reason":"Expired","message":"too old"}}\n'],
      ['ADDED a', 'the watch ended: 410 Expired: too old'],
    ],
    ['an error that says nothing', ['{"type":"ERROR"}\n'], ['the watch ended: 500 HTTP 500: no message']],
  ])('with %s', async (_, parts, seen) => {
    expect(await read(...parts)).toEqual(seen);
  });

  test('up to a line that no Kubernetes would send', async () => {
    const endless = Array.from({ length: 20 }, () => 'x'.repeat(2 ** 20));
    expect(await read(...endless)).toEqual([bad('longer than 16777216 characters')]);
  });
});
