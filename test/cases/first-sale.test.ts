import { execFile } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterAll, describe, expect, test } from 'vitest';
import { packagePath } from '../../src/package-path.ts';
import { makeHistory, makePastSales } from '../support/first-sale/make-first-sale.ts';

/** The example of docs/first-sale, and the commands of its page and of the merchandiser's, as they are printed. */
const folder = 'docs/first-sale';
const work = mkdtempSync(path.join(tmpdir(), 'headstart-first-sale-'));
cpSync(folder, work, { recursive: true });
afterAll(() => rmSync(work, { recursive: true }));

/** The blocks of a page that run headstart on files. */
function blocksOf(page: string): readonly string[] {
  const blocks = [...readFileSync(page, 'utf8').matchAll(/```(?:sh)?\n([^`]*)```/g)].map(([, text = '']) =>
    text.trim(),
  );
  return blocks.filter(text => text.startsWith('npx headstart'));
}

/** Runs a block in the folder, with this copy of headstart in the place of the one that npx finds. */
async function run(block: string) {
  const npx = `npx() { shift; "${process.execPath}" "${packagePath('src', 'main.ts')}" "$@"; }`;
  const { stdout, stderr } = await promisify(execFile)('sh', ['-ec', `${npx}\n${block}`], {
    cwd: work,
    maxBuffer: 1e8,
  });
  return { stdout, stderr };
}

test('the example is what its generator makes; UPDATE_FIRST_SALE=1 writes it again', () => {
  const places = { history: `${folder}/history/traffic.csv.gz`, sales: `${folder}/past-sales.csv` };
  if (process.env.UPDATE_FIRST_SALE === '1') {
    writeFileSync(places.history, gzipSync(makeHistory(), { level: 9 }));
    writeFileSync(places.sales, makePastSales());
  }
  expect(gunzipSync(readFileSync(places.history)).toString()).toBe(makeHistory());
  expect(readFileSync(places.sales, 'utf8')).toBe(makePastSales());
});

describe('the commands of docs/first-sale run as printed, in their order,', () => {
  const [check = '', before = '', learn = '', forecast = '', ...more] = blocksOf(`${folder}/README.md`);

  test('and say that the manifests are right', async () => {
    expect((await run(check)).stdout).toMatch(/: 4 objects, 0 errors/);
    expect(more).toEqual([]);
  }, 60_000);

  test('and ask about the four sales that no file names', async () => {
    const { stdout, stderr } = await run(before);
    expect(stderr).toMatch(/6, 13 and 20 November 2026, 20:00–22:00 Europe\/Berlin: .*: sales\? Add them/);
    expect(stderr).toMatch(/17 November 2026, 19:00–21:00 Europe\/Berlin: .*: a sale\? Add it/);
    expect(stdout).toMatch(/you said 8×; no past sale was measured/);
    expect(stdout).toMatch(/risk: gateway: its ceiling allows/);
  }, 60_000);

  test('and learn from them', async () => {
    const { stdout, stderr } = await run(learn);
    expect(stderr).not.toMatch(/a sale\?|sales\?/);
    expect(stdout).toMatch(/you said 8×; 4 past sales did 5\.\d× to 6\.\d×; planned for 7\.\d×/);
    expect(stdout.match(/risk: .*/g)).toEqual([expect.stringMatching(/steps of 5 min hide the first minutes/)]);
  }, 60_000);

  test('and show what the forecast rests on', async () => {
    const { stdout } = await run(forecast);
    expect(stdout).toMatch(/4 past sales|ensemble on 27 d/);
    expect(stdout).toMatch(/traffic +rolling origins +headstart/);
  }, 120_000);
});

test.each(blocksOf('docs/merchandiser.md'))(
  'the merchandiser’s page: %s',
  async block => {
    expect((await run(block)).stdout).toMatch(/^sneaker-drop: 2026-11-27 20:00/m);
  },
  60_000,
);
