import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { parseYaml, parseYamlDocuments } from '../../src/manifests/yaml-document.ts';

/** What YAMLToJSON of sigs.k8s.io/yaml 1.6.0 (go.yaml.in/yaml/v2 2.4.3) answers to each text; null where it refuses. */
const answers: readonly (readonly [string, unknown])[] = JSON.parse(
  readFileSync(path.join(import.meta.dirname, 'sigs-yaml-answers.json'), 'utf8'),
);

describe('parseYamlDocuments', () => {
  test.each(answers)('reads %j as kubectl does', (text, answer) => {
    const documents = parseYamlDocuments(text);
    const faults = documents.flatMap(document => document.faults);
    const isEmpty = documents.length === 0 && answer === null;
    expect(isEmpty || faults.length > 0 ? null : documents[0]?.value).toEqual(answer);
  });

  test.each([
    ['a key that stands twice', 'a: 1\nb:\n  c: 1\n  c: 2\n', '4:3 key "c" stands twice: remove one of them'],
    ['a key that is merged and written', 'x: &x {a: 1}\ny: {<<: *x, a: 2}\n', ''],
    [
      'a character that cannot be written',
      'a: 1\nb: \u0007\n',
      '2:4 has the control character U+0007, which YAML does not allow',
    ],
    ['text in another encoding', 'a: \uFFFD\n', '1:4 is not UTF-8 text'],
  ])('tells the place of %s', (_title, text, told) => {
    const faults = parseYamlDocuments(text).flatMap(document => document.faults);
    expect(faults.map(({ line, column, message }) => `${line}:${column} ${message}`).join()).toBe(told);
  });

  test.each([
    ['YAML', 'a: 1\n---\n# nothing\n---\nb: 2\n'],
    ['YAML after a byte order mark', '\uFEFFa: 1\n---\nb: 2\n'],
    ['YAML with a byte order mark in each', '\uFEFFa: 1\n---\n\uFEFFb: 2\n'],
    ['YAML whose lines end in CR', 'a: 1\r---\rb: 2\r'],
    ['JSON, one after the other', '{"a": 1} {"b":\n\t2}\n'],
  ])('reads the documents of %s, and leaves out the empty ones', (_title, text) => {
    expect(parseYamlDocuments(text).map(document => document.value)).toEqual([{ a: 1 }, { b: 2 }]);
  });

  test('gives the place of a value, of a key, of what is merged and of the parent of what is missing', () => {
    const [document] = parseYamlDocuments(
      'base: &base\n  stock: 1_000\nspec:\n  <<: *base\n  calls:\n    - target: a\n',
    );
    expect(document?.placeOf(['spec', 'stock'])).toEqual({ line: 2, column: 10 });
    expect(document?.placeOf(['spec', 'stock'], 'key')).toEqual({ line: 2, column: 3 });
    expect(document?.placeOf(['spec', 'calls', 0, 'target'])).toEqual({ line: 6, column: 15 });
    expect(document?.placeOf(['spec', 'calls', 0, 'rate'])).toEqual({ line: 6, column: 7 });
    expect(document?.placeOf(['spec', 'end'])).toEqual({ line: 3, column: 1 });
    expect(document?.wordAt(['spec', 'stock'])).toBe('1_000');
  });

  test('gives the place in the second of two JSON objects on a line', () => {
    expect(parseYamlDocuments('{}\n{} {"b": 2}')[2]?.placeOf(['b'])).toEqual({ line: 2, column: 10 });
  });
});

test('parseYaml says what is wrong and where', () => {
  expect(parseYaml('a: yes')).toEqual({ a: true });
  expect(() => parseYaml('a: 1\nb: @c\n')).toThrow('line 2: Plain value cannot start with reserved character @');
});
