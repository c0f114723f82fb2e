import { type ExecFileSyncOptions, execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import ts from 'typescript';
import type { Insertion } from './made-up-additions.ts';

const copied = ['src', 'forecasts', 'charts', 'crds', 'package.json', 'knip.json', 'tsconfig.json'];

/** What a program printed, both streams together, and its exit code. */
export interface Outcome {
  readonly exitCode: number;
  readonly output: string;
}

/** A copy of the sources in a temporary folder, in which programs run on the packages of the repository. */
export interface SourceCopy {
  readonly folder: string;
  write(file: string, text: string): void;
  insert(insertion: Insertion): void;
  runNode(...args: readonly string[]): Outcome;
  /** What the compiler says of these files, as `file: message`. */
  typeErrors(files: readonly string[]): readonly string[];
  remove(): void;
}

/** Copies what runs and what checks it; tests and pages stay behind. */
export function copySources(): SourceCopy {
  const folder = mkdtempSync(path.join(tmpdir(), 'headstart-sources-'));
  for (const each of copied) cpSync(each, path.join(folder, each), { recursive: true });
  symlinkSync(path.resolve('node_modules'), path.join(folder, 'node_modules'));
  const write = (file: string, text: string) => writeFileSync(path.join(folder, file), text);
  return {
    folder,
    write,
    insert: ({ file, before, text }) => {
      const known = readFileSync(path.join(folder, file), 'utf8');
      const longer = known.replace(before, match => text + match);
      if (longer === known) throw new Error(`${file} has no place ${before} to add ${text}`);
      write(file, longer);
    },
    runNode: (...args) => run(process.execPath, args, { cwd: folder }),
    typeErrors: typeChecker(folder),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** A checker of files of the copy that reads the packages' types only once. */
function typeChecker(folder: string): (files: readonly string[]) => readonly string[] {
  const { config } = ts.readConfigFile(path.join(folder, 'tsconfig.json'), ts.sys.readFile);
  const { options } = ts.parseJsonConfigFileContent({ ...config, include: [] }, ts.sys, folder);
  const host = ts.createCompilerHost(options);
  const readAnew = host.getSourceFile;
  const packages = new Map<string, ts.SourceFile | undefined>();
  host.getSourceFile = (name, ...rest) => {
    if (!name.includes('/node_modules/')) return readAnew(name, ...rest);
    if (!packages.has(name)) packages.set(name, readAnew(name, ...rest));
    return packages.get(name);
  };
  return files => {
    const paths = files.map(file => path.join(folder, file));
    const program = ts.createProgram(paths, options, host);
    return files.flatMap((file, i) =>
      program
        .getSemanticDiagnostics(program.getSourceFile(paths[i] ?? ''))
        .map(({ messageText }) => `${file}: ${ts.flattenDiagnosticMessageText(messageText, ' ')}`),
    );
  };
}

function run(program: string, args: readonly string[], options: ExecFileSyncOptions): Outcome {
  try {
    const output = execFileSync(program, [...args], { ...options, encoding: 'utf8', stdio: 'pipe' });
    return { exitCode: 0, output: String(output) };
  } catch (error) {
    const { status = 1, stdout, stderr } = error as { status?: number | null; stdout?: string; stderr?: string };
    return { exitCode: status ?? 1, output: `${stdout}${stderr}` };
  }
}
