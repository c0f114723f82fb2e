import { execFileSync } from 'node:child_process';
import { cpSync, globSync, mkdirSync } from 'node:fs';
import path from 'node:path';

interface Instruction {
  readonly name: string;
  readonly argument: string;
}

interface Stage {
  readonly name: string;
  readonly instructions: readonly Instruction[];
}

/** A Dockerfile taken apart into its stages; comments go, and no line of ours is continued. */
export function parseDockerfile(text: string): readonly Stage[] {
  const instructions = text
    .split('\n')
    .filter(line => line.trim() !== '' && !line.startsWith('#'))
    .map(line => ({ name: line.slice(0, line.indexOf(' ')), argument: line.slice(line.indexOf(' ') + 1).trim() }));
  return instructions.flatMap(({ name, argument }, index) => {
    if (name !== 'FROM') return [];
    const rest = instructions.slice(index + 1);
    const end = rest.findIndex(instruction => instruction.name === 'FROM');
    const stage = / AS (\S+)$/.exec(argument)?.[1] ?? 'final';
    return [{ name: stage, instructions: end === -1 ? rest : rest.slice(0, end) }];
  });
}

interface RunOptions {
  /** The folder that COPY reads from. */
  readonly context: string;
  /** Names at the top of the context that .dockerignore keeps out. */
  readonly ignored: readonly string[];
  /** Stages become folders below it. */
  readonly root: string;
  /** What is run in place of a command. */
  readonly instead: (command: string) => string;
}

/**
 * Runs COPY and RUN of every stage in folders below `root`, one a stage, as docker would in layers.
 *
 * @returns the folder that stands for the last stage's file system
 */
export function runStages(stages: readonly Stage[], { context, ignored, root, instead }: RunOptions): string {
  for (const stage of stages) {
    const fileSystem = path.join(root, stage.name);
    let workDir = fileSystem;
    for (const { name, argument } of stage.instructions) {
      if (name === 'WORKDIR') workDir = path.join(fileSystem, argument);
      mkdirSync(workDir, { recursive: true });
      if (name === 'COPY') copy(argument, { context, ignored, root, workDir });
      if (name === 'RUN') run(instead(argument), workDir);
    }
  }
  return path.join(root, stages.at(-1)?.name ?? 'final');
}

function copy(
  argument: string,
  folders: {
    readonly context: string;
    readonly ignored: readonly string[];
    readonly root: string;
    readonly workDir: string;
  },
): void {
  const words = argument.split(/\s+/);
  const stage = words[0]?.startsWith('--from=') ? words.shift()?.slice('--from='.length) : undefined;
  const target = path.join(folders.workDir, words.pop() ?? '.');
  const from = stage === undefined ? folders.context : path.join(folders.root, stage);
  for (const source of words) {
    const isFolderOfAll = source === '.';
    for (const name of isFolderOfAll ? globSync('*', { cwd: from, exclude: [...folders.ignored] }) : [source]) {
      const isRename = !isFolderOfAll && words.length === 1 && !target.endsWith('/');
      cpSync(path.join(from, name), isRename ? target : path.join(target, path.basename(name)), {
        recursive: true,
        verbatimSymlinks: true,
      });
    }
  }
}

/** npm takes what it can from its cache: the packages were installed here before. */
function run(command: string, workDir: string): void {
  const env = { ...process.env, npm_config_prefer_offline: 'true', npm_config_update_notifier: 'false' };
  execFileSync('sh', ['-c', command], { cwd: workDir, env, stdio: 'pipe' });
}
