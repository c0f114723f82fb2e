import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, expect, test } from 'vitest';
import { packagePath } from '../../src/package-path.ts';

/** The commands of these pages that need only files, on the example of docs/first-sale under the names that the pages use. */
const pages = ['README.md', 'docs/merchandiser.md', 'docs/sre.md'];
const work = mkdtempSync(path.join(tmpdir(), 'headstart-pages-'));
cpSync('docs/first-sale', work, { recursive: true });
cpSync(path.join(work, 'past-sales.csv'), path.join(work, 'sheet.csv'));
mkdirSync(path.join(work, 'sales'));
cpSync(path.join(work, 'sale.yaml'), path.join(work, 'sales', 'sale.yaml'));
const traffic = gunzipSync(readFileSync(path.join(work, 'history', 'traffic.csv.gz'))).toString();
const firstColumns = (line: string) => line.split(',').slice(0, 2).join(',');
writeFileSync(path.join(work, 'checkout.csv'), traffic.split('\n').map(firstColumns).join('\n'));
afterAll(() => rmSync(work, { recursive: true }));

const needsOnlyFiles = /^(plan (?!.*--settings)|forecast|sales import|freeze \w+ sales\b|validate|backtest)/;
const written = pages.flatMap(page =>
  [...readFileSync(page, 'utf8').matchAll(/(?:npx|kubectl) headstart ([^`#\n]+)/g)].map(([, text = '']) => text.trim()),
);
const commands = [...new Set(written.filter(text => needsOnlyFiles.test(text)))]
  .map(text => text.replace('--targets DIR', '--targets targets').replace('--history DIR', '--history history'))
  // What is imported is read by the others.
  .sort((a, b) => Number(b.startsWith('sales import')) - Number(a.startsWith('sales import')));

test('the pages have such commands', () => {
  expect(commands.map(text => text.split(' ')[0])).toEqual(
    expect.arrayContaining(['sales', 'plan', 'forecast', 'freeze']),
  );
});

test.each(commands)(
  'headstart %s runs as printed',
  async text => {
    const command = `"${process.execPath}" "${packagePath('src', 'main.ts')}" ${text}`;
    const ended = await new Promise<{ readonly code: unknown; readonly stderr: string }>(resolve => {
      execFile('sh', ['-c', command], { cwd: work, maxBuffer: 1e8 }, (error, _, stderr) =>
        resolve({ code: error?.code ?? 0, stderr }),
      );
    });
    // Inside a freeze window its check exits 3, whenever this test runs.
    const fine = text.startsWith('freeze check') ? [0, 3] : [0];
    expect(fine, ended.stderr).toContain(ended.code);
  },
  60_000,
);
