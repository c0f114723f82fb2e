import { mkdirSync, readdirSync, readFileSync, rmdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { ManifestFiles } from './synthesize.ts';

/** How a folder differs from what was synthesized; paths below the folder, sorted. */
export interface FolderDifference {
  readonly missing: readonly string[];
  readonly changed: readonly string[];
  /** Manifests of services that are gone. */
  readonly surplus: readonly string[];
}

/** Compares a folder with the files that it should hold. A folder that does not exist misses them all. */
export function compareFolder(folder: string, files: ManifestFiles): FolderDifference {
  const present = listManifests(folder);
  const expected = [...files.keys()];
  return {
    missing: expected.filter(file => !present.includes(file)),
    changed: present.filter(file => {
      const text = files.get(file);
      return text !== undefined && text !== readFileSync(path.join(folder, file), 'utf8');
    }),
    surplus: present.filter(file => !files.has(file)),
  };
}

/** Makes the folder hold exactly the files: writes what is missing or changed and removes manifests of services that are gone. */
export function writeManifests(folder: string, files: ManifestFiles): FolderDifference {
  const difference = compareFolder(folder, files);
  for (const file of difference.surplus) removeFile(folder, file);
  for (const file of [...difference.missing, ...difference.changed]) {
    const target = path.join(folder, file);
    mkdirSync(path.dirname(target), { recursive: true });
    writeFileSync(target, files.get(file) ?? '');
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

/** Every YAML or JSON file below a folder, as sorted paths with forward slashes. */
function listManifests(folder: string): readonly string[] {
  try {
    return readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .map(file => file.replaceAll(path.sep, '/'))
      .filter(file => /\.(ya?ml|json)$/.test(file))
      .sort();
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    throw error;
  }
}
