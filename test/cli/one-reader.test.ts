import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { readManifestFiles } from '../../src/cli/files/read-manifests.ts';
import { readEvents } from '../../src/cli/forecast/forecast-options.ts';
import { previewObservation } from '../../src/cli/preview/preview-observation.ts';
import { validateManifests } from '../../src/validate/validate-manifests.ts';

const always = { from: 0, until: Date.UTC(2100, 0, 1) };

/** One text, read by validate, plan and forecast --sales. */
const root = mkdtempSync(path.join(tmpdir(), 'headstart-reader-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

const times = 'startTime: 2026-06-30T20:00:00Z, endTime: 2026-06-30T22:00:00Z';
const head = 'apiVersion: headstart.dev/v1alpha1\nkind: FlashSale\nmetadata: { name: drop }\n';
const target = `apiVersion: headstart.dev/v1alpha1
kind: ScalingTarget
metadata: { name: gateway }
spec:
  workloadRef: { name: gateway }
  baseline: { minReplicas: 4, maxReplicas: 20 }
  ceiling: 60
  capacityPerReplica: "20"
  demand: { query: up }
  entryPoint: yes
`;

describe('validate, plan and forecast --sales take', () => {
  test.each([
    ['a YAML 1.1 boolean', `${head}spec: { ${times}, cancelled: yes }\n`, { cancelled: true }],
    ['underscores in a number', `${head}spec: { ${times}, stock: 1_000 }\n`, { stock: 1000 }],
    ['words in quotes', `${head}spec: { ${times}, categories: ["no", "on"] }\n`, { categories: ['no', 'on'] }],
    [
      'a merge key',
      `${head}x-base: &base { ${times}, stock: 5 }\nspec: { <<: *base }\n`.replace('x-base', 'status'),
      { stock: 5 },
    ],
    [
      'a List',
      `apiVersion: v1\nkind: List\nitems:\n- ${`${head}spec: { ${times}, stock: 7 }`.replaceAll('\n', '\n  ')}\n`,
      { stock: 7 },
    ],
    [
      'a FlashSaleList',
      `apiVersion: headstart.dev/v1alpha1\nkind: FlashSaleList\nitems: [{ metadata: { name: drop }, spec: { ${times}, stock: 8 } }]\n`,
      { stock: 8 },
    ],
    [
      'a byte order mark and comments',
      `\uFEFF# announced\n---\n${head}spec: { ${times}, stock: 9 }\n---\n# nothing\n`,
      { stock: 9 },
    ],
    [
      'JSON with tabs',
      JSON.stringify(
        {
          apiVersion: 'headstart.dev/v1alpha1',
          kind: 'FlashSale',
          metadata: { name: 'drop' },
          spec: { startTime: '2026-06-30T20:00:00Z', endTime: '2026-06-30T22:00:00Z', stock: 10 },
        },
        null,
        '\t',
      ),
      { stock: 10 },
    ],
  ])('%s', (_title, text, spec) => {
    const judged = judge(text);
    expect(judged.validate).toEqual([]);
    expect(judged.plan).toMatchObject([{ metadata: { name: 'drop' }, spec }]);
    expect(judged.forecast).toMatchObject([{ id: 'drop', start: Date.parse('2026-06-30T20:00:00Z') }]);
  });
});

describe('validate, plan and forecast --sales refuse', () => {
  test.each([
    ['a word that is a boolean', `${head}spec: { ${times}, categories: [no, on] }\n`, ['4:86 ', '4:90 ']],
    ['a misspelt kind', `${head.replace('FlashSale', 'Flashsale')}spec: { ${times} }\n`, ['2:7 ']],
    ['a misspelt group', `${head.replace('headstart.dev', 'headstart.io')}spec: { ${times} }\n`, ['1:13 ']],
    ['a number that YAML reads as another', `${head}spec: { ${times}, stock: 90.000 }\n`, ['4:80 ']],
    ['a name that is none', `${head.replace('drop', 'Cosy Evening!')}spec: { ${times} }\n`, ['3:19 ']],
    ['a key that stands twice', `${head}spec: { ${times}, stock: 1, stock: 2 }\n`, ['4:83 ']],
    ['several faults at once', `${head}spec: { ${times}, mode: apply, colour: red }\n`, ['4:79 ', '4:86 ']],
    ['text that is not YAML', `${head}spec: {\n`, ['5:1 ']],
  ])('%s, at the same places', (_title, text, places) => {
    const judged = judge(text);
    expect(judged.validate.map(each => each.slice(0, each.indexOf(' ') + 1))).toEqual(places);
    expect(judged.plan).toEqual(judged.validate);
    expect(judged.forecast).toEqual(judged.validate);
  });
});

test('readManifestFiles passes over the JSON of a folder that is no object', () => {
  const folder = mkdtempSync(path.join(root, 'json-'));
  writeFileSync(path.join(folder, 'tsconfig.json'), '{ // comment\n}');
  writeFileSync(path.join(folder, 'sale.json'), '{"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "a"}}');
  expect([...readManifestFiles(folder).keys()]).toEqual([path.join(folder, 'sale.json')]);
});

test.each(['utf16le', 'utf16be'])(
  'readManifestFiles reads %s with its byte order mark, as Notepad writes it',
  encoding => {
    const file = path.join(root, `${encoding}.yaml`);
    const bytes = Buffer.from('\uFEFFname: Käse\n', 'utf16le');
    writeFileSync(file, encoding === 'utf16le' ? bytes : bytes.swap16());
    expect([...readManifestFiles(file).values()]).toEqual(['name: Käse\n']);
  },
);

/** What each command makes of a file: the sales, or its errors as `line:column message`. */
function judge(text: string) {
  const folder = mkdtempSync(path.join(root, 'sale-'));
  const file = path.join(folder, 'sale.yaml');
  for (const name of ['targets', 'history']) mkdirSync(path.join(folder, name));
  writeFileSync(file, text);
  writeFileSync(path.join(folder, 'targets/t.yaml'), target);
  writeFileSync(path.join(folder, 'history/gateway.csv'), '2026-06-01T00:00:00Z,1\n2026-06-01T00:01:00Z,1\n');
  const places = { targetsFolder: path.join(folder, 'targets'), historyFolder: path.join(folder, 'history') };
  const { findings } = validateManifests(readManifestFiles(file));
  return {
    validate: findings
      .filter(({ severity }) => severity === 'error')
      .map(({ line, column, object, message }) => `${line}:${column} ${object === '' ? '' : `${object}: `}${message}`),
    plan: outcomeOf(file, () => previewObservation({ saleFiles: [file], ...places }).observation.sales),
    forecast: outcomeOf(file, () => readEvents(file)(always)),
  };
}

function outcomeOf(file: string, read: () => readonly unknown[]): readonly unknown[] {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    return error.message.split('\n').map(line => line.replace(`${file}:`, '').replace(': ', ' '));
  }
}
