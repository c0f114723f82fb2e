import path from 'node:path';
import { createVitest, type Vitest } from 'vitest/node';

/** What a program that runs tests is asked, one question at a time. */
export interface Question {
  /** Files that have changed since the last question. */
  readonly changed: readonly string[];
  readonly tests: readonly string[];
  /** Files of tests that are left out. @default none */
  readonly without?: readonly string[];
}

export interface Verdict {
  /** The first test that failed, or what else went wrong; absent when all passed. */
  readonly failed?: string;
  /** The file that it stands in; absent where the program ended or hung. */
  readonly file?: string;
}

/**
 * Answers questions of the parent process with vitest in the working directory. It stays up between them, so that only
 * what has changed is read and translated again.
 */
export async function answerQuestions(): Promise<void> {
  const vitest = await createVitest('test', {
    watch: false,
    bail: 1,
    maxWorkers: 1,
    isolate: false,
    testTimeout: 30_000,
    reporters: [{}],
  });
  await vitest.standalone();
  process.on('message', (question: Question) => {
    void run(vitest, question).then(verdict => process.send?.(verdict));
  });
  process.on('disconnect', () => process.exit());
  process.send?.('ready');
}

async function run(vitest: Vitest, { changed, tests, without = [] }: Question): Promise<Verdict> {
  for (const file of changed) vitest.invalidateFile(path.resolve(file));
  await startAnew(vitest);
  const found = (await vitest.globTestSpecifications([...tests])).filter(({ moduleId }) =>
    tests.some(test => moduleId.startsWith(path.resolve(test))),
  );
  if (found.length === 0) return { failed: `no test is at ${tests.join(', ')}` };
  const specifications = found.filter(({ moduleId }) => !without.some(file => moduleId === path.resolve(file)));
  if (specifications.length === 0) return {};
  const { testModules, unhandledErrors } = await vitest.runTestSpecifications(specifications, false);
  const [failed] = testModules.flatMap(module => [...module.children.allTests('failed')]);
  if (failed !== undefined) return { failed: failed.fullName, file: failed.module.relativeModuleId };
  const broken = testModules.find(module => !module.ok());
  if (broken !== undefined)
    return {
      file: broken.relativeModuleId,
      failed: `${broken.relativeModuleId} cannot be run: ${broken
        .errors()
        .map(error => error.message)
        .join('; ')}`,
    };
  return unhandledErrors.length === 0 ? {} : { failed: 'an error that no test caught' };
}

/**
 * Drops what the last question left: its results, which vitest reports again, and its worker, in which the test files of
 * one question share their modules.
 */
async function startAnew(vitest: Vitest): Promise<void> {
  vitest.state.filesMap.clear();
  const { pool } = vitest as unknown as { pool?: { close(): Promise<void> } };
  await pool?.close();
  Reflect.set(vitest, 'pool', undefined);
}
