import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { countPlaces, readMutants } from '../mutants/read-mutants.ts';

const mutants = readMutants();

test('every wrong change of test/mutants finds its place in the sources exactly once', () => {
  const lost = mutants.filter(
    mutant => !existsSync(mutant.file) || countPlaces(readFileSync(mutant.file, 'utf8'), mutant) !== 1,
  );
  expect(
    lost.map(({ file, from }) => `${file}: ${from}`),
    'The code has moved on: mend `file` and `from` of these in test/mutants/list (CONTRIBUTING.md says how).',
  ).toEqual([]);
});

test('every wrong change has a sentence of its own, changes something and names tests that exist', () => {
  expect(new Set(mutants.map(({ why }) => why)).size).toBe(mutants.length);
  for (const { from, to, tests, why } of mutants) {
    expect(to, why).not.toBe(from);
    expect(
      tests.filter(file => !existsSync(file)),
      why,
    ).toEqual([]);
  }
});

test('there are 80 of them at least, some in each part of the operator', () => {
  expect(mutants.length).toBeGreaterThanOrEqual(80);
  const tried = new Set(mutants.map(({ file }) => file));
  for (const folder of ['apply', 'kube', 'observe', 'operator', 'plan'])
    expect([...tried].filter(file => file.startsWith(`src/${folder}/`)).length, folder).toBeGreaterThanOrEqual(10);
});
