import { expect, test } from 'vitest';
import { validateManifests } from '../../src/validate/validate-manifests.ts';

const reason = 'because the old one is still read';
const twice = (head: string, key: string, behind = '') =>
  `${head}apiVersion: v1\nkind: ConfigMap\nmetadata: { name: a }\n${key}dta:${behind}\n  a: b\n---\napiVersion: v1\nkind: ConfigMap\nmetadata: { name: b }\ndta: {}\n`;

test.each([
  ['above a document, for all of it and no more', twice(`# headstart: ignore schema ${reason}\n`, ''), ['11 schema']],
  ['above a field', twice('', `# headstart: ignore schema ${reason}\n`), ['11 schema']],
  ['behind a value', twice('', '', ` # headstart: ignore schema ${reason}`), ['10 schema']],
  [
    'above another field, where it is told to be needless',
    `apiVersion: v1\nkind: ConfigMap\n# headstart: ignore schema ${reason}\nmetadata:\n  name: a\ndta: {}\n`,
    ['3 ignore warning nothing of schema is found here: remove the comment', '6 schema'],
  ],
  [
    'above a list that is not indented, with its items',
    `apiVersion: v1\nkind: Pod\nmetadata: { name: a }\nspec:\n  # headstart: ignore schema ${reason}\n  containers:\n  - nme: a\n    name: b\n    image: b:1\n`,
    [],
  ],
  [
    'without a reason, which ignores nothing',
    twice('# headstart: ignore schema\n', ''),
    ['1 ignore error names no reason: write # headstart: ignore schema because REASON', '5 schema', '11 schema'],
  ],
  [
    'of a code that there is not',
    twice(`# headstart: ignore shema ${reason}\n`, ''),
    [
      '1 ignore error shema is not a code; did you mean schema?: write # headstart: ignore CODE because REASON',
      '5 schema',
      '11 schema',
    ],
  ],
])('an ignore comment stands %s', (_title, text, told) => {
  const { findings } = validateManifests(new Map([['a.yaml', text]]));
  const sentences = findings
    .filter(({ code }) => code === 'schema' || code === 'ignore')
    .map(({ line, code, severity, message }) => `${line} ${code}${code === 'ignore' ? ` ${severity} ${message}` : ''}`);
  expect(sentences).toEqual(told);
});
