import { mkdirSync, readdirSync, readFileSync, rmdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { listFiles } from './list-files.ts';
import type { ManifestFiles } from './synthesize.ts';

/** Stands in every file that is written, so that a file of somebody else is never taken for one that is left over. */
export const marker = 'Written by npm run synth from the facts: edit those.';

/** How a folder differs from what was synthesized; paths below the folder, sorted. */
export interface FolderDifference {
  readonly missing: readonly string[];
  readonly changed: readonly string[];
  /** Files that were synthesized once and would be no more: those of services that are gone. */
  readonly surplus: readonly string[];
}

/** Compares a folder with the files that it should hold. A folder that does not exist misses them all. */
export function compareFolder(folder: string, files: ManifestFiles): FolderDifference {
  const present = new Map(listFiles(folder).map(file => [file, readFileSync(path.join(folder, file), 'utf8')]));
  const expected = [...files.keys()];
  return {
    missing: expected.filter(file => !present.has(file)),
    changed: expected.filter(file => present.has(file) && present.get(file) !== textOf(file, files)),
    surplus: [...present].filter(([file, text]) => !files.has(file) && isSynthesized(text)).map(([file]) => file),
  };
}

/** Writes what is missing or changed, removes what was synthesized for services that are gone, and leaves all other files alone. */
export function writeManifests(folder: string, files: ManifestFiles): FolderDifference {
  const difference = compareFolder(folder, files);
  for (const file of difference.surplus) removeFile(folder, file);
  for (const file of [...difference.missing, ...difference.changed]) {
    const target = path.join(folder, file);
    mkdirSync(path.dirname(target), { recursive: true });
    writeFileSync(target, textOf(file, files));
  }
  return difference;
}

/** Removes a file, and the folders that it leaves empty. */
function removeFile(folder: string, file: string): void {
  rmSync(path.join(folder, file));
  for (let parent = path.dirname(file); parent !== '.'; parent = path.dirname(parent)) {
    if (readdirSync(path.join(folder, parent)).length > 0) return;
    rmdirSync(path.join(folder, parent));
  }
}

/** Under the marker; JSON, which has no comments, carries it in a field. */
function textOf(file: string, files: ManifestFiles): string {
  const text = files.get(file) ?? '';
  return file.endsWith('.json') ? text : `# ${marker}\n${text}`;
}

function isSynthesized(text: string): boolean {
  return text.slice(0, 200).includes(marker);
}
