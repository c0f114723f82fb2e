import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { imageRepository } from '../../charts/operator-image.ts';
import { publishedName } from '../../charts/release/published-package.ts';

interface Step {
  readonly uses?: string;
  readonly run?: string;
  readonly with?: Readonly<Record<string, unknown>>;
}

interface Job {
  readonly needs?: string | readonly string[];
  readonly permissions?: Readonly<Record<string, string>>;
  readonly steps: readonly Step[];
}

interface Workflow {
  readonly permissions: Readonly<Record<string, string>>;
  readonly jobs: Readonly<Record<string, Job>>;
}

const workflows = new Map<string, Workflow>(
  globSync('.github/workflows/*.yml').map(file => [path.basename(file), parse(readFileSync(file, 'utf8'))]),
);
const { scripts, version } = JSON.parse(readFileSync('package.json', 'utf8'));
const release = workflows.get('release.yml')?.jobs ?? {};
const runs = [...workflows.values()]
  .flatMap(({ jobs }) => Object.values(jobs))
  .flatMap(({ steps }) => steps)
  .flatMap(({ run }) => (run === undefined ? [] : [run]));

describe('the workflows', () => {
  test('run only scripts of package.json', () => {
    const asked = runs.flatMap(run => [...run.matchAll(/npm run ([\w:-]+)/g)].map(([, name = '']) => name));
    expect(asked.length).toBeGreaterThan(3);
    expect(asked.filter(name => !Object.hasOwn(scripts, name))).toEqual([]);
  });

  test('may read alone where a job says no more, and name a version of each action', () => {
    for (const [file, { permissions, jobs }] of workflows) {
      expect(permissions, file).toEqual({ contents: 'read' });
      for (const { uses } of Object.values(jobs).flatMap(({ steps }) => steps))
        if (uses !== undefined) expect(uses).toMatch(/^[\w-]+\/[\w-]+@v\d+$/);
    }
  });
});

describe('the release', () => {
  test('publishes nothing before the tests have passed', () => {
    const needs = (job: string): readonly string[] => {
      const own = [release[job]?.needs ?? []].flat();
      return [...own, ...own.flatMap(needs)];
    };
    const publishing = Object.keys(release).filter(job => release[job]?.permissions?.packages === 'write');
    expect(publishing).toEqual(['image', 'assets']);
    for (const job of publishing) expect(needs(job)).toContain('check');
    const checked = release.check?.steps.flatMap(({ run }) => run ?? []) ?? [];
    expect(checked).toEqual(['npm ci', 'npm run check', 'npm test', expect.stringContaining('release:check -- --tag')]);
  });

  test('builds the image for both architectures, with provenance and a bill of materials, and signs it', () => {
    const steps = release.image?.steps ?? [];
    const build = steps.find(({ uses }) => uses?.startsWith('docker/build-push-action'));
    expect(build?.with).toMatchObject({
      platforms: 'linux/amd64,linux/arm64',
      push: true,
      provenance: 'mode=max',
      sbom: true,
    });
    expect(steps.at(-1)?.run).toMatch(/^cosign sign --yes "\$IMAGE@\$DIGEST"/);
  });

  test('publishes files that release:check builds', () => {
    const [owner, name] = publishedName.slice(1).split('/');
    const named = runs.flatMap(run => [...run.matchAll(/dist\/release\/([^\s"]+)/g)].map(([, file = '']) => file));
    const files = named.map(file => file.replaceAll('$' + '{GITHUB_REF_NAME#v}', version));
    expect(new Set(files)).toEqual(new Set([`headstart-${version}.tgz`, '*', `${owner}-${name}-${version}.tgz`]));
  });

  test('names the image that the manifests name by default', () => {
    expect(imageRepository).toMatch(/^ghcr\.io\/[a-z-]+\/headstart$/);
    expect(readFileSync('docs/install.md', 'utf8')).toContain(imageRepository);
  });
});
