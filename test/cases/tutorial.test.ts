import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, expect, test } from 'vitest';
import { wallClock } from '../../src/cli/wall-clock.ts';
import { packagePath } from '../../src/package-path.ts';
import { keepRunning } from '../../src/sandbox/run/keep-running.ts';
import { formatKubeconfig, formatOwnSale } from '../../src/sandbox/run/playground-files.ts';
import { runWithHeadstart } from '../../src/sandbox/run/sandbox-operator.ts';
import { readSandboxScenario } from '../../src/sandbox/run/sandbox-scenario.ts';
import { unpackKubectl } from '../support/kubectl/unpack-kubectl.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'headstart-tutorial-'));
afterAll(() => rmSync(folder, { recursive: true }));

const blocks = [...readFileSync('docs/tutorial.md', 'utf8').matchAll(/```sh\n([^`]*)```/g)].map(
  ([, text = '']) => text,
);
const [start = '', ...others] = blocks;
const kubectl = unpackKubectl();

test('the first block starts the sandbox, and there are others', () => {
  expect(start).toBe('npm ci\nnpm start -- --keep --speed 20\n');
  expect(others.length).toBeGreaterThan(4);
});

test.skipIf(kubectl === undefined)(
  `every other block of docs/tutorial.md runs as printed on the sandbox that the first one leaves up${kubectl === undefined ? ' (not run: no kubectl on this machine)' : ''}`,
  async () => {
    symlinkSync(kubectl ?? '', path.join(folder, 'kubectl'));
    const said: string[] = [];
    await runWithHeadstart(readSandboxScenario(1), undefined, undefined, {
      whileUp: async sandbox => {
        writeFileSync(path.join(folder, 'kubeconfig'), formatKubeconfig(sandbox.url));
        writeFileSync(path.join(folder, 'my-sale.yaml'), formatOwnSale(sandbox.clock.now()));
        const stop = new AbortController();
        const kept = keepRunning(sandbox, { wall: wallClock, speed: 20, signal: stop.signal });
        try {
          for (const block of others) said.push(await run(block));
        } finally {
          stop.abort();
          await kept;
        }
      },
    });
    const [seen, learned, announced, changed, restored] = said;
    expect(seen).toMatch(/flashsale\.headstart\.dev\/sneaker-drop[\s\S]*horizontalpodautoscaler\.autoscaling\/gateway/);
    expect(learned).toMatch(/sneaker-drop/);
    expect(announced).toMatch(/my-sale created\n.*condition met\n[\s\S]*gateway/);
    expect(changed).toMatch(/my-sale patched\n[\s\S]*my-sale patched\n.*condition met/);
    expect(restored).toMatch(/gateway|Nothing is raised/);
  },
  600_000,
);

/** Runs a block in a shell whose npx finds this copy of headstart. @throws what it says, when it exits otherwise than 0 */
async function run(block: string): Promise<string> {
  const npx = `npx() { shift; "${process.execPath}" "${packagePath('src', 'main.ts')}" "$@"; }`;
  const env = { PATH: `${folder}:${process.env.PATH}`, HOME: folder, KUBECONFIG: path.join(folder, 'kubeconfig') };
  const { stdout } = await promisify(execFile)('sh', ['-ec', `${npx}\n${block}`], { env, maxBuffer: 1e8 });
  return stdout;
}
