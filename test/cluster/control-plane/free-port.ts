import { createServer } from 'node:net';

/**
 * Finds `count` different free loopback ports: each is held until the last is known. Another program may take a port
 * before its process does; that start then fails with an error and must be repeated.
 */
export async function findFreePorts(count: number): Promise<readonly number[]> {
  const held = await Promise.all(Array.from({ length: count }, holdPort));
  await Promise.all(held.map(({ release }) => release()));
  return held.map(({ port }) => port);
}

function holdPort(): Promise<{ readonly port: number; readonly release: () => Promise<void> }> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      if (address === null || typeof address === 'string') return reject(new Error('no TCP address'));
      resolve({ port: address.port, release: () => new Promise(done => server.close(() => done())) });
    });
  });
}
