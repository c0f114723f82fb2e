import { describe, expect, test } from 'vitest';
import { post } from '../../../src/operator/notify/post.ts';
import { neverAborted } from '../../support/notify/notices.ts';
import { type Answer, answersWith, startReceiver } from '../../support/notify/receiver.ts';

async function send(answer: Answer, timeoutSeconds = 10) {
  const receiver = await startReceiver(answer);
  const message = { url: new URL(`${receiver.url}/hidden/path`), headers: {}, body: '{}', timeoutSeconds };
  return { receiver, sent: post(message, neverAborted) };
}

const page = '<!DOCTYPE html><html><body>Log in</body></html>';

describe('a message', () => {
  test('is taken by any 2xx without a page', async () => {
    const { sent, receiver } = await send(answersWith(200, 'ok', { 'content-type': 'text/html' }));
    expect(await sent).toEqual({ status: 200, text: 'ok' });
    expect(receiver.received).toMatchObject([{ path: '/hidden/path', body: '{}' }]);
  });

  test.each([
    ['redirects', answersWith(302, '', { location: '/elsewhere' }), 'redirect (302), which is not followed'],
    ['answers a page of HTML', answersWith(200, page, { 'content-type': 'text/html' }), 'page of HTML'],
    ['refuses a token', answersWith(401), 'answered 401: look at its token'],
    ['is not there', answersWith(404), 'answered 404: look at its address'],
    ['fails', answersWith(500, 'a stack trace'), 'answered 500: it cannot take messages now'],
    ['closes the connection', response => response.destroy(), 'closed the connection'],
  ] as [string, Answer, string][])(
    'is not taken by a receiver that %s, whose path is not told',
    async (_, answer, told) => {
      const { sent, receiver } = await send(answer);
      const error: Error = await sent.then(
        () => expect.unreachable(),
        cause => cause,
      );
      expect(error).toMatchObject({ code: 'HEADSTART_NOTIFY', message: expect.stringContaining(told) });
      expect(error.message).not.toContain('hidden');
      expect(receiver.received).toHaveLength(1);
    },
  );

  test('is not waited for longer than its timeout, whether nothing comes or only a part', async () => {
    const silent = await send(() => undefined, 0.2);
    await expect(silent.sent).rejects.toThrow('did not answer within 0.2 s.');
    const slow = await send(response => response.writeHead(200).write('begun'), 0.2);
    await expect(slow.sent).rejects.toThrow('sent only a part of its answer within 0.2 s.');
  });

  test('reads 64 KiB of an answer without end, and closes it', async () => {
    const chunk = Buffer.alloc(1024 * 1024, 'x');
    let closed = () => {};
    const whenClosed = new Promise<void>(resolve => {
      closed = resolve;
    });
    const { sent } = await send(response => {
      const pour = () => {
        while (!response.destroyed && response.write(chunk));
        if (!response.destroyed) response.once('drain', pour);
      };
      response.once('close', closed).writeHead(200);
      pour();
    });
    expect((await sent).text).toHaveLength(64 * 1024);
    await whenClosed;
  });

  test('tells how long a receiver that is too busy asks to wait', async () => {
    const { sent } = await send(answersWith(429, '', { 'retry-after': '30' }));
    await expect(sent).rejects.toMatchObject({ retryAfterSeconds: 30 });
  });
});
