import { expect, test } from 'vitest';
import { connect } from '../../src/kube/connect.ts';
import { watchCluster } from '../../src/observe/watch-cluster.ts';
import { whenRead } from '../../src/operator/when-read.ts';
import { type Script, scriptedServer, silence, status } from '../kube/scripted-server.ts';

test.each<[string, Script, RegExp]>([
  ['does not answer', silence, /: cannot read FlashSale, .*: no answer yet$/],
  ['refuses', status(403, 'Forbidden'), /: cannot read FlashSale, .*: GET .*: 403 Forbidden: Forbidden$/],
])('a server that %s is named, with what is tried and until when', async (_, script, words) => {
  await using server = await scriptedServer(script);
  const connection = await connect({ server: server.url });
  const watch = watchCluster({ connection, namespaces: [], onChange: () => {} });
  const stop = new AbortController();
  const running = watch.run(stop.signal);
  const told: string[] = [];
  const tell = (sentence: string) => told.push(sentence);
  const reading = whenRead({ watch, server: server.url, tell, withinMs: 1_600, firstMs: 100, laterMs: 1_000 });
  const error = await reading.catch((caught: unknown) => caught);
  stop.abort();
  await running;
  connection.close();

  expect(told).toHaveLength(2);
  const [first = '', left] = (told[0] ?? '').split(/; (?=trying)/);
  expect(first.startsWith(server.url)).toBe(true);
  expect(first).toMatch(words);
  expect(left).toMatch(/^trying for \d s more$/);
  expect(String(error)).toMatch(/; gave up after 1.6 s, nothing was changed$/);
  expect(String(error)).toContain(server.url);
});
