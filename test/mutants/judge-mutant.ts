import type { Mutant } from './read-mutants.ts';
import type { Question, Verdict } from './run-tests.ts';

/** What came of a change: the first test that fails with it and not without it. */
export interface Judgement {
  /** Undefined where the change survived. */
  readonly killedBy: string | undefined;
}

/** What is known of files and folders of tests without any change; a judgement adds to it. */
export interface KnownTests {
  /** Those that pass without a change. */
  readonly sound: Set<string>;
  /** Those that fail without a change, with the test that failed; they are asked about no change any more. */
  readonly unsound: Map<string, string>;
}

/** How changes are made to a copy of the sources, and its tests run. */
export interface Bench {
  /** Makes the change. Returns what takes it back. */
  readonly change: (mutant: Mutant) => () => void;
  readonly ask: (question: Omit<Question, 'changed'>, withinMs?: number) => Promise<Verdict>;
  /** How long the tests of one file may take without a change, in ms. */
  readonly provingMs: number;
}

/**
 * Makes one change and runs the tests until one fails that passes without the change. A test that fails without it says
 * nothing about any change: it is set aside, and the others are asked instead.
 */
export async function judgeMutant(
  { change, ask, provingMs }: Bench,
  mutant: Mutant & { readonly inOrder: readonly string[] },
  known: KnownTests,
): Promise<Judgement> {
  for (;;) {
    const takeBack = change(mutant);
    const failure = await firstFailure(ask, mutant.inOrder, [...known.unsound.keys()]);
    takeBack();
    if (failure === undefined || known.sound.has(failure.test)) return { killedBy: failure?.failed };
    const { failed } = await ask({ tests: [failure.test] }, provingMs);
    if (failed === undefined) {
      known.sound.add(failure.test);
      return { killedBy: failure.failed };
    }
    known.unsound.set(failure.test, failed);
  }
}

/** Runs the tests one after the other until one fails: what failed, and the file or folder that it stands in. */
async function firstFailure(
  ask: Bench['ask'],
  tests: readonly string[],
  without: readonly string[],
): Promise<{ readonly failed: string; readonly test: string } | undefined> {
  for (const test of tests.filter(one => !without.includes(one))) {
    const { failed, file = test } = await ask({ tests: [test], without });
    if (failed !== undefined) return { failed, test: file };
  }
  return undefined;
}
