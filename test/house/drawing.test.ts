import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { drawImports, type FolderImport, folderImports, partOf, readDrawing } from '../support/house/folder-imports.ts';
import { readSourceFiles, sourceRoots } from '../support/house/source-files.ts';

const page = readFileSync('docs/architecture.md', 'utf8');
const files = readSourceFiles(sourceRoots);

/** Flowcharts of the page by title. */
const drawings = new Map(
  [...page.matchAll(/```mermaid\n---\ntitle: (.+)\n---\nflowchart TD\n([\s\S]*?)```/g)].map(
    ([, title = '', flowchart = '']) => [title, flowchart],
  ),
);

/** Folders that contain folders. `src` is drawn as the house, with forecasts and charts beside its folders. */
const drawnFolders = [...new Set(files.map(({ file }) => path.dirname(file)))]
  .map(folder => path.dirname(folder))
  .filter((folder, i, all) => folder !== '.' && folder !== 'src' && all.indexOf(folder) === i);

const lookAgain =
  'Draw the house as it is, in docs/architecture.md: "-" is imported and not drawn, "+" is drawn and not imported.';

test('the drawing of the house has the imports between its folders, and no others', () => {
  const unitOf = (file: string) => partOf('src')(file) ?? file.split('/')[0];
  const found = folderImports(files, unitOf).filter(({ to }) => to !== 'api');
  expectDrawn('the folders of the house', found);
  expect(found.filter(({ from, to }) => from === 'charts' || to === 'charts')).toEqual([]);
});

test.each(drawnFolders)('the drawing of %s has the imports between its rooms, and no others', folder => {
  expectDrawn(folder, folderImports(files, partOf(folder)));
});

test('every folder of src has its line in the table of folders, and the page names every room', () => {
  const folders = readdirSync('src', { withFileTypes: true }).filter(entry => entry.isDirectory());
  expect(folders.filter(({ name }) => !page.includes(`| \`src/${name}/\``)).map(({ name }) => name)).toEqual([]);
  const rooms = drawnFolders.flatMap(folder =>
    readdirSync(folder, { withFileTypes: true }).filter(entry => entry.isDirectory()),
  );
  expect(rooms.filter(({ name }) => !page.includes(`\`${name}/\``)).map(({ name }) => name)).toEqual([]);
});

test('the page draws and lists no folder that is gone', () => {
  expect([...drawings.keys()].sort()).toEqual(['the folders of the house', ...drawnFolders].sort());
  const listed = [...page.matchAll(/^\| `([\w/]+)\/` /gm)].map(match => match[1] ?? '');
  const all = readdirSync('.', { recursive: false }).concat(readdirSync('src').map(name => `src/${name}`));
  expect(listed.filter(folder => !all.includes(folder))).toEqual([]);
});

describe('imports between folders', () => {
  const source = (file: string, ...lines: readonly string[]) => ({ file, text: lines.join('\n') });

  test('are code where one file needs code, and types where all take types', () => {
    const found = folderImports(
      [
        source('src/a/one.ts', "import type { B } from '../b/b.ts';", "import { type C } from '../c/c.ts';"),
        source('src/a/two.ts', "import {\n  type B,\n  makeB,\n} from '../b/b.ts';", "import './three.ts';"),
        source('src/c/c.ts', "const b = await import('../b/b.ts');", "export type { D } from '../d.ts';"),
      ],
      partOf('src'),
    );
    expect(drawImports(found)).toEqual(['a --> b', 'a -.-> c', 'c --> b', 'c -.-> src']);
  });

  test('are read back from a drawing as they were drawn', () => {
    const drawn: readonly FolderImport[] = [
      { from: 'a', to: 'b', takes: 'Code' },
      { from: 'a', to: 'c', takes: 'Code' },
      { from: 'a', to: 'd', takes: 'Types' },
    ];
    expect(readDrawing(drawImports(drawn).join('\n'))).toEqual(drawn);
  });
});

function expectDrawn(title: string, found: readonly FolderImport[]): void {
  const drawing = drawings.get(title) ?? '';
  expect(drawImports(readDrawing(drawing)), `${title}. ${lookAgain}`).toEqual(drawImports(found));
}
