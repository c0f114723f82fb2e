import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { listManifestFiles } from '../../charts/list-manifest-files.ts';
import { validateManifests } from '../../src/validate/validate-manifests.ts';

const root = mkdtempSync(path.join(tmpdir(), 'headstart-platform-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));
const shop = path.join(root, 'shop');
const page = readFileSync('docs/platform.md', 'utf8');
const [facts = '', images = '', sale = ''] = [...page.matchAll(/```yaml\n([\s\S]*?)```/g)].map(
  ([, text]) => text ?? '',
);
const commands = page
  .split('\n')
  .filter(line => /^ {4}(npm|npx|git|kubectl) /.test(line))
  .map(line => line.trim());

/** A command of the page, in the temporary shop, by this checkout's own sources, long before the page's sale. */
function run(command: string) {
  const here = command
    .replaceAll('../shop', shop)
    .replace(/^npm run synth --/, 'node charts/main.ts')
    .replace(/^npx headstart freeze (check|windows) (\S+)/, 'node src/main.ts freeze $1 $2 --at 2026-11-01T00:00:00Z')
    .replace(/^npx headstart/, 'node src/main.ts');
  const env = {
    ...process.env,
    GIT_AUTHOR_NAME: 'a',
    GIT_AUTHOR_EMAIL: 'a@b.c',
    GIT_COMMITTER_NAME: 'a',
    GIT_COMMITTER_EMAIL: 'a@b.c',
  };
  return spawnSync('sh', ['-c', here], { encoding: 'utf8', env });
}

describe('docs/platform.md, from an empty repository', () => {
  test('every command that needs no cluster does what the page says', { timeout: 120_000 }, () => {
    mkdirSync(path.join(shop, 'sales'), { recursive: true });
    writeFileSync(path.join(shop, 'shop.yaml'), facts);
    writeFileSync(path.join(shop, 'images.yaml'), images);
    writeFileSync(path.join(shop, 'sales/drop.yaml'), sale);
    const offline = commands.filter(command => !command.startsWith('kubectl') && command !== 'npm ci');
    expect(offline.length).toBeGreaterThan(5);
    for (const command of offline) {
      const { status, stdout, stderr } = run(command);
      expect(status, `${command}\n${stdout}${stderr}`).toBe(0);
    }
    expect(run(`git -C ../shop status --porcelain`).stdout).toBe('');
  });

  test('every file that is then applied is there', () => {
    const applied = commands.flatMap(
      command => /^kubectl (?:apply|patch) .*(?:-f|--patch-file) (\S+)$/.exec(command)?.[1] ?? [],
    );
    expect(applied.length).toBeGreaterThan(4);
    expect(applied.filter(file => !existsSync(file.replace('../shop', shop)))).toEqual([]);
  });

  const definitions = '../shared/third-party-crds';
  test.skipIf(!existsSync(definitions))(
    `other projects would take their objects too${existsSync(definitions) ? '' : ` (not looked at: ${definitions} is absent)`}`,
    () => {
      const read = (folder: string) =>
        new Map(listManifestFiles(folder).map(file => [file, readFileSync(path.join(folder, file), 'utf8')]));
      const { findings, unchecked } = validateManifests(read(path.join(shop, 'manifests')), {
        definitions: read(definitions),
      });
      expect({ findings, unchecked }).toEqual({ findings: [], unchecked: [] });
    },
  );
});
