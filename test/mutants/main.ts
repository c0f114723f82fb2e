import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { countPlaces, type Mutant, readMutants } from './read-mutants.ts';
import { answerQuestions } from './run-tests.ts';
import { copyTree } from './source-tree.ts';
import { TestRunner } from './test-runner.ts';

/** One change with what came of it; it survived where no test failed. */
interface Outcome {
  readonly mutant: Mutant;
  readonly killedBy: string | undefined;
  readonly seconds: number;
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { answer: { type: 'boolean' }, lanes: { type: 'string', default: '2' } },
});

if (values.answer) await answerQuestions();
else process.exitCode = await tryMutants(Number(values.lanes), positionals);

/** Tries every change whose sentence or file has one of the words, or all. Returns the exit code. */
async function tryMutants(lanes: number, words: readonly string[]): Promise<number> {
  const chosen = readMutants().filter(({ why, file }) => words.every(word => `${why} ${file}`.includes(word)));
  const lost = chosen.filter(mutant => countPlaces(readFileSync(mutant.file, 'utf8'), mutant) !== 1);
  for (const { file, from, why } of lost) console.error(`not found exactly once in ${file}: ${from}\n  (${why})`);
  if (lost.length > 0 || chosen.length === 0) return 2;

  const startedAt = performance.now();
  const left = [...chosen];
  const outcomes = (await Promise.all(Array.from({ length: lanes }, () => runLane(left)))).flat();
  const survived = outcomes.filter(({ killedBy }) => killedBy === undefined);
  const minutes = ((performance.now() - startedAt) / 60_000).toFixed(1);
  console.log(`\n${outcomes.length} wrong changes, ${survived.length} survived, ${minutes} min`);
  for (const { mutant } of survived) console.log(`  ${mutant.file}: ${mutant.from} → ${mutant.to}\n    ${mutant.why}`);
  return survived.length > 0 ? 1 : 0;
}

/** Takes changes from the list until it is empty, each on a copy of the repository that is right but for it. */
async function runLane(left: Mutant[]): Promise<readonly Outcome[]> {
  const tree = copyTree();
  const runner = new TestRunner(tree.folder);
  const outcomes: Outcome[] = [];
  const passed = new Set<string>();
  try {
    for (let mutant = left.shift(); mutant !== undefined; mutant = left.shift()) {
      const { file, tests, why } = mutant;
      // A test that fails without the change says nothing about it.
      const unproven = tests.filter(test => !passed.has(test));
      const before = unproven.length === 0 ? {} : await runner.ask({ changed: [], tests: unproven });
      if (before.failed !== undefined) throw new Error(`fails without any change: ${before.failed}`);
      for (const test of tests) passed.add(test);

      const startedAt = performance.now();
      const takeBack = tree.change(mutant);
      const { failed } = await runner.ask({ changed: [file], tests });
      takeBack();
      const seconds = (performance.now() - startedAt) / 1000;
      outcomes.push({ mutant, killedBy: failed, seconds });
      const verdict = failed === undefined ? 'SURVIVED' : 'killed  ';
      console.log(`${verdict} ${seconds.toFixed(1).padStart(5)} s  ${file}: ${why}${failed === undefined ? '' : `\n                    by: ${failed}`}`);
    }
  } finally {
    runner.stop();
    tree.remove();
  }
  return outcomes;
}
