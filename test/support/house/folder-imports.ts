import path from 'node:path';
import type { SourceFile } from './source-files.ts';

/** An import from one folder to another: `Code` where at least one file needs more than types of it. */
export interface FolderImport {
  readonly from: string;
  readonly to: string;
  readonly takes: 'Code' | 'Types';
}

const imports = /^(?:import|export)( type)?\b([^;]*?)from '(\.[^']+\.ts)'|import\('(\.[^']+\.ts)'\)/gm;
const onlyTypes = /^\s*\{(\s*type [^,}]+,?)+\s*\}\s*$/;

/** Derives which folders import which. `unitOf` names the folder of a file; undefined leaves the file out. */
export function folderImports(
  files: readonly SourceFile[],
  unitOf: (file: string) => string | undefined,
): readonly FolderImport[] {
  const found = new Map<string, FolderImport>();
  for (const { file, text } of files)
    for (const [, typeWord, names = '', place = '', lazyPlace] of text.matchAll(imports)) {
      const from = unitOf(file);
      const to = unitOf(path.join(path.dirname(file), lazyPlace ?? place));
      if (from === undefined || to === undefined || from === to) continue;
      const isTypes = lazyPlace === undefined && (typeWord !== undefined || onlyTypes.test(names));
      const known = found.get(`${from} ${to}`);
      if (known?.takes !== 'Code') found.set(`${from} ${to}`, { from, to, takes: isTypes ? 'Types' : 'Code' });
    }
  return [...found.values()];
}

/** The part of a folder that a file belongs to: a folder directly inside, or the folder's own name for its own files. */
export function partOf(folder: string): (file: string) => string | undefined {
  return file => {
    if (!file.startsWith(`${folder}/`)) return undefined;
    const [inner = '', ...deeper] = file.slice(folder.length + 1).split('/');
    return deeper.length === 0 ? path.basename(folder) : inner;
  };
}

/** Draws imports as the lines of a Mermaid flowchart: `a --> b & c` takes code, `a -.-> d` takes types only. */
export function drawImports(found: readonly FolderImport[]): readonly string[] {
  return [...Map.groupBy(found, ({ from }) => from)]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([from, taken]) =>
      (['Code', 'Types'] as const).flatMap(takes => {
        const to = taken.filter(each => each.takes === takes).map(each => each.to);
        return to.length === 0 ? [] : [`${from} ${takes === 'Code' ? '-->' : '-.->'} ${to.sort().join(' & ')}`];
      }),
    );
}

/** Reads the arrows of a Mermaid flowchart back. */
export function readDrawing(flowchart: string): readonly FolderImport[] {
  return [...flowchart.matchAll(/^\s*(\S+) (-->|-\.->) (.+)$/gm)].flatMap(([, from = '', arrow, targets = '']) =>
    targets.split(' & ').map(to => ({ from, to: to.trim(), takes: arrow === '-->' ? 'Code' : 'Types' }) as const),
  );
}
