import { existsSync, mkdirSync, readdirSync, readFileSync, rmdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { listManifestFiles } from './list-manifest-files.ts';
import { indexFile } from './patches/manifest-index.ts';
import type { ManifestFiles } from './synthesize.ts';

/** The marker in every written file, so that files of others are never taken for leftovers. */
export const marker = 'Written by npm run synth from the facts: edit those.';

/** How a folder differs from the synthesized files; paths below the folder, sorted. */
export interface FolderDifference {
  readonly missing: readonly string[];
  readonly changed: readonly string[];
  /** Files that were synthesized before and are no longer: those of removed services. */
  readonly surplus: readonly string[];
}

/** Reads the manifests of a folder and their index, by their paths below it; a folder that does not exist has none. */
export function readFolder(folder: string): ManifestFiles {
  const index = existsSync(path.join(folder, indexFile)) ? [indexFile] : [];
  const files = [...index, ...listManifestFiles(folder)];
  return new Map(files.map(file => [file, readFileSync(path.join(folder, file), 'utf8')]));
}

/** Compares a folder with the synthesized files. A folder that does not exist lacks all of them. */
export function compareFolder(folder: string, files: ManifestFiles): FolderDifference {
  const present = readFolder(folder);
  const expected = [...files.keys()];
  return {
    missing: expected.filter(file => !present.has(file)),
    changed: expected.filter(file => present.has(file) && present.get(file) !== textOf(file, files)),
    surplus: [...present].filter(([file, text]) => !files.has(file) && isSynthesized(text)).map(([file]) => file),
  };
}

/** Writes missing and changed files, deletes files of removed services, and leaves all other files alone. */
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

/** Deletes a file, and the folders that become empty by it. */
function removeFile(folder: string, file: string): void {
  rmSync(path.join(folder, file));
  for (let parent = path.dirname(file); parent !== '.'; parent = path.dirname(parent)) {
    if (readdirSync(path.join(folder, parent)).length > 0) return;
    rmdirSync(path.join(folder, parent));
  }
}

/** The content with the marker as a comment, in YAML and Markdown; JSON has no comments and states it as a field. */
function textOf(file: string, files: ManifestFiles): string {
  const text = files.get(file) ?? '';
  if (file.endsWith('.md')) return `<!-- ${marker} -->\n\n${text}`;
  return file.endsWith('.yaml') ? `# ${marker}\n${text}` : text;
}

function isSynthesized(text: string): boolean {
  return text.slice(0, 200).includes(marker);
}
