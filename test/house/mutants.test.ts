import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { judgeMutant, type KnownTests } from '../mutants/judge-mutant.ts';
import { countPlaces, readMutants } from '../mutants/read-mutants.ts';
import type { Question, Verdict } from '../mutants/run-tests.ts';

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

const mutant = { why: 'a', file: 'src/a.ts', from: '<', to: '<=', tests: ['test/a', 'test/b'] };

/** A copy of the sources whose tests fail as told: with the change, without it, or always. */
function bench(fails: Readonly<Record<string, 'With' | 'Always'>>) {
  let isChanged = false;
  const change = () => {
    isChanged = true;
    return () => {
      isChanged = false;
    };
  };
  const ask = ({ tests, without = [] }: Omit<Question, 'changed'>): Promise<Verdict> => {
    const failing = Object.keys(fails).find(
      file =>
        tests.some(test => file.startsWith(test)) &&
        !without.includes(file) &&
        (isChanged || Object.entries(fails).some(([one, when]) => one === file && when === 'Always')),
    );
    return Promise.resolve(failing === undefined ? {} : { failed: `${failing} fails`, file: failing });
  };
  return { change, ask, provingMs: 1000 };
}

test.each([
  ['no test fails', {}, undefined, []],
  ['one fails with it', { 'test/a/1': 'With' }, 'test/a/1 fails', []],
  ['one fails always', { 'test/a/1': 'Always' }, undefined, ['test/a/1']],
  ['one fails always, another with it', { 'test/a/1': 'Always', 'test/b/1': 'With' }, 'test/b/1 fails', ['test/a/1']],
  [
    'all of one folder fail always',
    { 'test/a/1': 'Always', 'test/a/2': 'Always' },
    undefined,
    ['test/a/1', 'test/a/2'],
  ],
] as const)('a wrong change is judged only by tests that pass without it: %s', async (_, fails, killedBy, aside) => {
  const known: KnownTests = { sound: new Set(), unsound: new Map() };
  const judged = await judgeMutant(bench(fails), { ...mutant, inOrder: mutant.tests }, known);
  expect(judged).toEqual({ killedBy });
  expect([...known.unsound.keys()]).toEqual(aside);
});
