import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';

const root = mkdtempSync(path.join(tmpdir(), 'headstart-pipeline-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));
const origin = path.join(root, 'origin.git');
const clone = path.join(root, 'clone');
const git = (...args: readonly string[]) => execFileSync('git', args, { cwd: clone, encoding: 'utf8' });
const pipelineAt = (freezeAt: string, ...args: readonly string[]) =>
  spawnSync(path.resolve('charts/pipeline.sh'), args, {
    cwd: clone,
    encoding: 'utf8',
    env: { ...process.env, FREEZE_AT: freezeAt },
  });

const pipeline = (...args: readonly string[]) => pipelineAt('2026-11-01T00:00:00Z', ...args);

/** The shop of docs/platform.md, with a production beside its staging. */
function writeShop(): void {
  const [, yaml = ''] =
    /```yaml\n(# yaml-language-server[\s\S]*?)```/.exec(readFileSync('docs/platform.md', 'utf8')) ?? [];
  const production = '  - { name: production, stage: production, namespace: shop, domain: shop.example }\n';
  writeFileSync(path.join(clone, 'shop.yaml'), yaml + production);
  writeFileSync(
    path.join(clone, 'images.yaml'),
    'staging:\n  shop: shop:1.1.0\n# one line is one deploy\nproduction:\n  shop: shop:1.0.0\n',
  );
  mkdirSync(path.join(clone, 'sales'));
  writeFileSync(
    path.join(clone, 'sales/drop.yaml'),
    'apiVersion: headstart.dev/v1alpha1\nkind: FlashSale\nmetadata: { name: drop, namespace: shop }\nspec: { startTime: "2026-11-27T20:00:00Z", endTime: "2026-11-27T22:00:00Z" }\n',
  );
}

test('the reference pipeline checks, synthesizes and promotes by a commit, and stops at a freeze', {
  timeout: 240_000,
}, () => {
  execFileSync('git', ['init', '--quiet', '--bare', '--initial-branch=main', origin]);
  execFileSync('git', ['clone', '--quiet', origin, clone], { stdio: 'pipe' });
  git('config', 'user.email', 'ci@example.com');
  git('config', 'user.name', 'ci');
  git('checkout', '--quiet', '-B', 'main');
  writeShop();

  expect(pipeline('check').status, 'manifests are not in Git yet').toBe(2);
  const synth = pipeline('synth');
  expect(synth.status, synth.stderr).toBe(0);
  expect(readFileSync(path.join(clone, 'manifests/delivery/argo-cd/appproject.marketplace.yaml'), 'utf8')).toContain(
    'schedule: 0 19 27 11 *',
  );
  const check = pipeline('check');
  expect(check.status, check.stdout + check.stderr).toBe(0);

  const promote = pipeline('promote', 'staging', 'production');
  expect(promote.status, promote.stderr).toBe(0);
  git('push', '--quiet', 'origin', 'main');
  expect(git('log', '--format=%s', 'origin/main')).toBe('Promote staging to production\nSynthesize manifests\n');
  expect(git('show', '--stat=200', '--format=', 'HEAD')).toMatch(
    /^ images\.yaml .*\n manifests\/production\/shop\/deployment\.shop\.yaml .*\n 2 files changed/,
  );
  expect(readFileSync(path.join(clone, 'images.yaml'), 'utf8')).toContain(
    '# one line is one deploy\nproduction:\n  shop: shop:1.1.0\n',
  );

  const frozen = pipelineAt('2026-11-27T21:00:00Z', 'promote', 'staging', 'production');
  expect([frozen.status, frozen.stdout]).toEqual([
    3,
    expect.stringContaining('deployments are frozen until 2026-11-27T23:00:00Z'),
  ]);
});
