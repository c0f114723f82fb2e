import { once } from 'node:events';
import { createServer, get, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import { openFaultyProxy } from './faulty-proxy.ts';

test('the head of an answer passes before there is a body, as a watch of a quiet cluster needs it', async () => {
  const server = createServer((_, response) => response.writeHead(200, { 'x-quiet': 'yes' }).flushHeaders());
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const proxy = await openFaultyProxy(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  try {
    const asked = get(`${proxy.url}/watch`, { signal: AbortSignal.timeout(10_000) });
    const [answer]: IncomingMessage[] = await once(asked, 'response');
    expect(answer?.headers['x-quiet']).toBe('yes');
    asked.destroy();
  } finally {
    await proxy.close();
    server.closeAllConnections();
    server.close();
  }
});
