import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Mutant } from './read-mutants.ts';

/** A copy of the repository as it is in the working tree, to be changed and thrown away. */
export interface SourceTree {
  readonly folder: string;
  /** Applies one change to the copy. Returns what takes it back. */
  change(mutant: Mutant): () => void;
  remove(): void;
}

/** Copies every file that Git knows or would take, into a temporary folder that shares the installed packages. */
export function copyTree(): SourceTree {
  const folder = mkdtempSync(path.join(tmpdir(), 'headstart-mutants-'));
  const listed = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard', '--deduplicate']);
  for (const file of listed.toString().split('\0').filter(Boolean)) {
    cpSync(file, path.join(folder, file), { recursive: true });
  }
  symlinkSync(path.resolve('node_modules'), path.join(folder, 'node_modules'));
  return {
    folder,
    change({ file, from, to }) {
      const place = path.join(folder, file);
      const right = readFileSync(place, 'utf8');
      writeFileSync(
        place,
        right.replace(from, () => to),
      );
      return () => writeFileSync(place, right);
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
