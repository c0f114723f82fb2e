import { existsSync, readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { readSourceFiles, withoutComments } from '../support/house/source-files.ts';
import { type Bench, judgeMutant, type KnownTests } from './judge-mutant.ts';
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

/** How long all tests of a change may take without it, in ms: other programs may have the machine to themselves. */
const provingMs = 900_000;

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
  for (const { file, from, why } of lost) say(`not found exactly once in ${file}: ${from}\n  (${why})`);
  if (lost.length > 0 || chosen.length === 0) return 2;

  const startedAt = performance.now();
  const left = [...chosen];
  const known: KnownTests = { sound: new Set(), unsound: new Map() };
  const outcomes = (await Promise.all(Array.from({ length: lanes }, () => runLane(left, known)))).flat();
  const survived = outcomes.filter(({ killedBy }) => killedBy === undefined);
  const minutes = ((performance.now() - startedAt) / 60_000).toFixed(1);
  say(`\n${outcomes.length} wrong changes, ${survived.length} survived, ${minutes} min`);
  for (const { mutant } of survived) say(`  ${mutant.file}: ${mutant.from} → ${mutant.to}\n    ${mutant.why}`);
  const untried = words.length === 0 ? untriedRules(chosen) : [];
  if (untried.length > 0) say(`\nno wrong change is tried of\n  ${untried.join('\n  ')}`);
  if (known.unsound.size > 0) say('\nfail without any change, and were set aside:');
  for (const [test, failed] of known.unsound) say(`  ${test}: ${failed}`);
  return survived.length + untried.length + known.unsound.size > 0 ? 1 : 0;
}

/** Lists the files of src/plan with a rule, that is with a function, of which no wrong change is tried. */
function untriedRules(mutants: readonly Mutant[]): readonly string[] {
  const tried = new Set(mutants.map(({ file }) => file));
  return readSourceFiles(['src/plan'])
    .filter(({ file, text }) => !tried.has(file) && /\bfunction\b|=>/.test(withoutComments(text)))
    .map(({ file }) => file);
}

/** Takes changes from the list until it is empty, each on a copy of the repository that is right but for it. */
async function runLane(left: Mutant[], known: KnownTests): Promise<readonly Outcome[]> {
  const tree = copyTree();
  const runner = new TestRunner(tree.folder);
  /** Files that have changed since the last question. */
  const changed = new Set<string>();
  const bench: Bench = {
    change: mutant => {
      const takeBack = tree.change(mutant);
      changed.add(mutant.file);
      return () => {
        takeBack();
        changed.add(mutant.file);
      };
    },
    ask: (question, withinMs) => {
      const since = [...changed];
      changed.clear();
      return runner.ask({ ...question, changed: since }, withinMs);
    },
    provingMs,
  };
  const outcomes: Outcome[] = [];
  try {
    for (let mutant = left.shift(); mutant !== undefined; mutant = left.shift()) {
      const { file, why } = mutant;
      const startedAt = performance.now();
      const { killedBy } = await judgeMutant(bench, { ...mutant, inOrder: inOrder(mutant) }, known);
      const seconds = (performance.now() - startedAt) / 1000;
      outcomes.push({ mutant, killedBy, seconds });
      const verdict = killedBy === undefined ? 'SURVIVED' : 'killed  ';
      say(`${verdict} ${seconds.toFixed(1).padStart(5)} s  ${file}: ${why}\n                  ${killedBy ?? ''}`);
    }
  } finally {
    runner.stop();
    tree.remove();
  }
  return outcomes;
}

/** The tests of a change, those at the path of its source first: where the rule lives it should be noticed. */
function inOrder({ file, tests }: Mutant): readonly string[] {
  const own = file.replace(/^src/, 'test').replace(/\.ts$/, '.test.ts');
  return existsSync(own) ? [own, ...tests.filter(test => test !== own)] : tests;
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
