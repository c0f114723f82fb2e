import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';

/** A small wrong change to the sources, and the tests of which at least one must fail with it. */
export interface Mutant {
  /** What the right code is for, in a sentence that says what would go wrong; no two are the same. */
  readonly why: string;
  readonly file: string;
  /** A part of the file's text that occurs in it exactly once. */
  readonly from: string;
  readonly to: string;
  /** Files or folders of tests. */
  readonly tests: readonly string[];
}

const folder = path.join(import.meta.dirname, 'list');

const tests = z.array(z.string().startsWith('test/')).min(1);

const listSchema = z.strictObject({
  /** For each change that names none of its own. */
  tests,
  changes: z.array(
    z.strictObject({
      why: z.string().min(1),
      file: z.string(),
      from: z.string().min(1),
      to: z.string(),
      tests: tests.optional(),
    }),
  ),
});

/** Reads all lists of `test/mutants/list`, sorted by the names of their files. @throws Error when one is not of their form */
export function readMutants(): readonly Mutant[] {
  return readdirSync(folder)
    .sort()
    .flatMap(name => {
      const list = listSchema.parse(parse(readFileSync(path.join(folder, name), 'utf8')));
      return list.changes.map(change => ({ ...change, tests: change.tests ?? list.tests }));
    });
}

/** Counts how often the text to be changed occurs in a source; a change is meant for one place. */
export function countPlaces(source: string, { from }: Pick<Mutant, 'from'>): number {
  return source.split(from).length - 1;
}
