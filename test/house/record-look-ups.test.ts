import { expect, test } from 'vitest';
import { findRecordLookUps, findRecordLookUpsInText } from '../support/house/record-look-ups.ts';
import { expectOnlyTolerated } from '../support/house/shrinking-list.ts';
import { sourceRoots } from '../support/house/source-files.ts';

test('nothing is looked up or stored by a name of run time in a plain object', () => {
  expectOnlyTolerated(
    'A user may name a target "constructor", which every object has: use a Map, or ownValue (src/api/names/own-value.ts) where the shape is a record. Build records with Object.fromEntries.',
    findRecordLookUps(process.cwd(), sourceRoots),
    [],
  );
}, 300_000);

test('such a look-up is seen in every form, and no other', () => {
  const text = `
    declare const byName: Record<string, number>;
    declare const maybe: Readonly<Record<string, { [key: string]: number }>> | undefined;
    declare const sizes: Record<'small' | 'large', number>;
    declare const name: string;
    declare const size: 'small' | 'large';
    declare const list: number[];
    declare const index: number;
    export const seen = [byName[name], maybe?.[name]?.['x'], name in byName, byName[name + '-1'], byName[\`\${name}-2\`]];
    byName[name] = 1;
    delete byName[name];
    const { [name]: taken } = byName;
    export const fine = [taken, sizes[size], list[index], byName['gateway'], Object.hasOwn(byName, name) ? byName[name] : 0];
    export function* each<K extends string>(all: Record<K, number>, keys: readonly K[]) { for (const key of keys) yield all[key]; }
  `;
  expect(findRecordLookUpsInText(text)).toEqual([
    'byName[name]',
    'maybe?.[name]',
    'name in byName',
    "byName[name + '-1']",
    // biome-ignore lint/suspicious/noTemplateCurlyInString: the text of the look-up as it is written
    'byName[`${name}-2`]',
    'byName[name]',
    'byName[name]',
    '{ [name]: taken }',
  ]);
});
