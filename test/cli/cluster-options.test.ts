import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { withCluster } from '../../src/cli/cluster-options.ts';
import { flashSales } from '../../src/kube/resources/resource-kind.ts';
import { scriptedServer, silence } from '../kube/scripted-server.ts';

describe('a command whose API server does not answer', () => {
  test('names it at once when nothing listens there, and once only for many tries', async () => {
    const told: string[] = [];
    const read = withCluster(
      { server: 'http://127.0.0.1:1' },
      connection => connection.resource(flashSales).list({ deadlineMs: 700 }),
      sentence => told.push(sentence),
    );
    await expect(read).rejects.toThrow(/^gave up on http:\/\/127.0.0.1:1: ECONNREFUSED$/);
    expect(told).toEqual([
      expect.stringMatching(/^no answer from http:\/\/127.0.0.1:1, trying again: GET .*: connect ECONNREFUSED/),
    ]);
  });

  test('names it within five seconds when it is silent, and waits on', { timeout: 10_000 }, async () => {
    await using server = await scriptedServer(silence);
    const told: string[] = [];
    const started = performance.now();
    let toldMs = Number.POSITIVE_INFINITY;
    const read = withCluster(
      { server: server.url },
      connection => connection.resource(flashSales).list({ deadlineMs: 4_000 }),
      sentence => {
        toldMs = performance.now() - started;
        told.push(sentence);
      },
    );
    await expect(read).rejects.toThrow(`GET ${server.url}/apis/headstart.dev/v1alpha1/flashsales: no complete answer`);
    expect(told).toEqual([
      `${server.url} has not answered GET /apis/headstart.dev/v1alpha1/flashsales for 3 s; waiting`,
    ]);
    expect(toldMs).toBeLessThan(5_000);
  });

  test('names the part of the kubeconfig that is not understood, and asks nothing', async () => {
    await using server = await scriptedServer(silence);
    const folder = mkdtempSync(path.join(tmpdir(), 'headstart-cli-'));
    const kubeconfig = path.join(folder, 'config');
    const text = `
current-context: a
contexts: [{ name: a, context: { cluster: a, user: a } }]
clusters: [{ name: a, cluster: { server: "${server.url}" } }]
users: [{ name: a, user: { tokenfile: x } }]
`;
    writeFileSync(kubeconfig, text);
    const told: string[] = [];
    const read = withCluster(
      { kubeconfig },
      connection => connection.resource(flashSales).list(),
      sentence => told.push(sentence),
    );
    await expect(read).rejects.toThrow(/user "a" of .*config: tokenfile: is not a field; did you mean tokenFile\?/);
    rmSync(folder, { recursive: true });
    expect(server.asked).toEqual([]);
  });
});
