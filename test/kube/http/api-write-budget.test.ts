import { describe, expect, test } from 'vitest';
import { ApiError } from '../../../src/kube/api-error.ts';
import { ApiWriteBudget, budgetWrites } from '../../../src/kube/http/api-write-budget.ts';
import type { ApiCall, Transport } from '../../../src/kube/http/transport.ts';

/** A server that answers as told, behind a transport that makes one attempt, and time that stands until it is moved. */
function server() {
  let now = 5_000;
  const sent: ApiCall['method'][] = [];
  const rests: number[] = [];
  const script: { answer: () => Promise<void> } = { answer: async () => {} };
  const transport: Transport = {
    send: async call => {
      try {
        call.guard?.();
        sent.push(call.method);
        await script.answer();
      } catch (failure) {
        call.onFailure?.(failure);
        throw failure;
      }
      return { status: 200, headers: {}, body: Buffer.from('{}') };
    },
    stream: () => Promise.reject(new Error('nothing is watched here')),
    suspect: () => {},
    close: () => {},
  };
  const timing = { monotonicMs: () => now, wallMs: () => now };
  const budget = new ApiWriteBudget({ timing, onRest: ms => rests.push(ms) });
  const budgeted = budgetWrites(transport, budget);
  return {
    budget,
    sent,
    rests,
    write: () => budgeted.send({ method: 'PATCH', path: '/apis' }),
    read: () => budgeted.send({ method: 'GET', path: '/apis' }),
    pass: (ms: number) => {
      now += ms;
    },
    answer: (answer: () => Promise<void>) => {
      script.answer = answer;
    },
  };
}

const busy =
  (seconds?: number, status = 429) =>
  async () => {
    throw new ApiError(
      status,
      { reason: 'TooManyRequests' },
      'PATCH',
      seconds === undefined ? undefined : seconds * 1000,
    );
  };
const fine = async () => {};

describe('the budget of writes', () => {
  test('sends nothing of anybody before the time that the server asked one for, but reads', async () => {
    const { budget, sent, write, read, pass, answer } = server();
    answer(busy(30));
    await expect(write()).rejects.toThrow('429');
    for (let second = 0; second < 29; second += 1) {
      await expect(write()).rejects.toThrow(/nothing is written before 1970-01-01T00:00:35.*PATCH: 429/);
      pass(1_000);
    }
    expect(budget.restMs).toBe(1_000);
    expect(sent).toEqual(['PATCH']);
    answer(fine);
    await read();
    expect(sent).toEqual(['PATCH', 'GET']);
    pass(1_000);
    await write();
    expect(sent).toEqual(['PATCH', 'GET', 'PATCH']);
  });

  test('lets one write try before the first answer and after a pause, and the others follow', async () => {
    const { sent, write, pass, answer } = server();
    for (const round of [1, 2]) {
      const open = Promise.withResolvers<void>();
      answer(() => open.promise);
      const tried = write();
      await expect(write()).rejects.toMatchObject({ status: 429, retryAfterMs: 50 });
      open.resolve();
      await tried;
      await Promise.all([write(), write(), write()]);
      expect(sent).toHaveLength(round * 5 - 1);
      answer(busy(2));
      await expect(write()).rejects.toThrow('429');
      pass(2_000);
    }
  });

  test('does not wait for ever for a write on trial that hangs', async () => {
    const { sent, write, pass, answer } = server();
    answer(() => new Promise(() => {}));
    void write();
    pass(1_000);
    answer(fine);
    await write();
    expect(sent).toHaveLength(2);
  });

  test.each([
    ['429 without a time', busy(), [1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000]],
    ['429 with a time', busy(7), [7_000, 7_000]],
    ['503 with a time', busy(3, 503), [3_000, 3_000]],
    ['a time of a day', busy(86_400), [300_000, 300_000]],
  ])('after %s pauses for', async (_, answered, expected) => {
    const { rests, write, pass, answer } = server();
    answer(answered);
    for (const ms of expected) {
      await expect(write()).rejects.toThrow();
      pass(ms);
    }
    expect(rests).toEqual(expected);
  });

  test.each([
    ['503 without a time', busy(undefined, 503)],
    ['a conflict', busy(undefined, 409)],
    ['a refusal', busy(undefined, 403)],
  ])('goes on after %s', async (_, answered) => {
    const { budget, write, answer } = server();
    answer(answered);
    await expect(write()).rejects.toThrow();
    expect(budget.restMs).toBe(0);
  });

  test('pauses after the refusal of a read, too: the server is the same', async () => {
    const { sent, write, read, answer } = server();
    answer(busy(5));
    await expect(read()).rejects.toThrow('429');
    await expect(write()).rejects.toThrow('nothing is written before');
    expect(sent).toEqual(['GET']);
  });
});
