import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** Folders of source code; `test` is not among them. */
export const sourceRoots = ['src', 'forecasts', 'charts'] as const;

/** A TypeScript file of the repository: its path from the root, with `/`, and its text. */
export interface SourceFile {
  readonly file: string;
  readonly text: string;
}

/** Reads every TypeScript file below the folders, sorted by path. */
export function readSourceFiles(folders: readonly string[]): readonly SourceFile[] {
  return folders
    .flatMap(folder => readdirSync(folder, { recursive: true, encoding: 'utf8' }).map(name => path.join(folder, name)))
    .filter(file => file.endsWith('.ts'))
    .sort()
    .map(file => ({ file, text: readFileSync(file, 'utf8') }));
}

/** The same text with comments blanked out; line numbers stay. */
export function withoutComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\//g, blank).replace(/(^|\s)\/\/.*$/gm, '$1');
}

/** Replaces all but the line breaks, so that line numbers stay. */
export function blank(text: string): string {
  return text.replace(/[^\n]/g, '');
}
