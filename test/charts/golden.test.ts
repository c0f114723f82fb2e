import { readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { synthesizeOwnFacts } from '../support/pages/manifests.ts';

const files = synthesizeOwnFacts();

/** One golden file for each service of each environment: the folder's manifests, in the order of their names. */
const folders = Map.groupBy(
  [...files].filter(([file]) => file !== 'crds.yaml'),
  ([file]) => (file.includes('/') ? file.slice(0, file.lastIndexOf('/')) : file.replace(/\.yaml$/, '')),
);

describe('test/charts/golden', () => {
  test.each([...folders])('%s is as reviewed', async (folder, manifests) => {
    const text = manifests.map(([, manifest]) => manifest).join('---\n');
    await expect(text).toMatchFileSnapshot(`golden/${folder}.yaml`);
  });

  test('holds nothing that is no longer synthesized', () => {
    const golden = readdirSync('test/charts/golden', { recursive: true, encoding: 'utf8' }).filter(file =>
      file.endsWith('.yaml'),
    );
    expect(golden.map(file => file.replace(/\.yaml$/, '')).filter(folder => !folders.has(folder))).toEqual([]);
  });
});

test('the same facts give the same bytes', () => {
  expect([...synthesizeOwnFacts()]).toEqual([...files]);
});
