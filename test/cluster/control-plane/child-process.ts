import { spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';

/** A process that the suite started; only these are ever signalled. */
export interface ChildProcess {
  readonly name: string;
  readonly pid: number;
  /** Path of the file with both output streams. */
  readonly logFile: string;
  /** Resolves with the exit code, or null when a signal ended it. */
  readonly exited: Promise<number | null>;
  isRunning(): boolean;
  /** Sends `signal`, then SIGKILL after `patienceMs`, and waits for the end; a process that has ended stays so. */
  stop(signal?: 'SIGTERM' | 'SIGKILL', patienceMs?: number): Promise<void>;
}

export interface ProcessOptions {
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly logFile: string;
  /** Variables added to this process' own. @default {} */
  readonly env?: Readonly<Record<string, string>>;
  /** Working directory. @default the current one */
  readonly cwd?: string;
}

const running = new Set<number>();

/** Starts a process that writes its output to a file and ends with this one. */
export function startProcess({ name, command, args, logFile, env = {}, cwd }: ProcessOptions): ChildProcess {
  endWithThisProcess();
  const log = openSync(logFile, 'a');
  const child = spawn(command, args, {
    stdio: ['ignore', log, log],
    env: { ...process.env, ...env },
    ...(cwd === undefined ? {} : { cwd }),
  });
  closeSync(log);
  const { pid } = child;
  if (pid === undefined) throw new Error(`${name}: cannot start ${command}`);
  running.add(pid);
  const exited = new Promise<number | null>(resolve => {
    child.once('exit', code => {
      running.delete(pid);
      resolve(code);
    });
  });
  return {
    name,
    pid,
    logFile,
    exited,
    isRunning: () => running.has(pid),
    async stop(signal = 'SIGTERM', patienceMs = 10_000) {
      if (running.has(pid)) child.kill(signal);
      const giveUp = new AbortController();
      const impatience = sleep(patienceMs, 'late', { signal: giveUp.signal }).catch(() => 'ended');
      if ((await Promise.race([exited, impatience])) === 'late') child.kill('SIGKILL');
      await exited;
      giveUp.abort();
    },
  };
}

/**
 * Waits until `probe` is true.
 * @throws Error with the last lines of the log, when the process ends or `timeoutMs` has passed before that
 */
export async function untilReady(child: ChildProcess, probe: () => Promise<boolean>, timeoutMs: number): Promise<void> {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    if (await probe().catch(() => false)) return;
    const ended = !child.isRunning();
    if (ended || Date.now() > deadline) {
      const tail = (await readFile(child.logFile, 'utf8')).split('\n').slice(-15).join('\n');
      throw new Error(
        `${child.name} ${ended ? 'ended' : `was not ready after ${timeoutMs} ms`}; its log ends:\n${tail}`,
      );
    }
    await sleep(100);
  }
}

let registered = false;

function endWithThisProcess(): void {
  if (registered) return;
  registered = true;
  process.once('exit', () => {
    for (const pid of running) process.kill(pid, 'SIGKILL');
  });
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => process.exit(1));
}
