import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { readJson } from '../../../src/observe/metrics/read-json.ts';

const question = { headers: {}, body: '', maxBytes: 1000, timeoutSeconds: 0.1 };

test('a port that cannot be asked is named, and is no time-out', async () => {
  const url = new URL('http://127.0.0.1:1/');
  await expect(readJson({ ...question, url })).rejects.toThrow(
    'http://127.0.0.1:1 cannot be asked: HTTP clients refuse port 1 (bad port)',
  );
});

test('a store that is silent is a time-out', async () => {
  const server = createServer(() => undefined).listen(0, '127.0.0.1');
  await new Promise(resolve => server.once('listening', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const url = new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
  await expect(readJson({ ...question, url })).rejects.toThrow('did not answer within 0.1 s.');
});
