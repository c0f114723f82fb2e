import { vi } from 'vitest';
import { runProgram } from '../../../src/cli/program.ts';

/** What a command printed and how it ended, run in this process. */
export interface Ran {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs `headstart …` in this process and returns what it printed. */
export async function runHere(...args: readonly string[]): Promise<Ran> {
  const printed = { stdout: '', stderr: '' };
  const spies = (['stdout', 'stderr'] as const).map(name =>
    vi.spyOn(process[name], 'write').mockImplementation(chunk => {
      printed[name] += String(chunk);
      return true;
    }),
  );
  try {
    return { code: await runProgram(['node', 'headstart', ...args]), ...printed };
  } finally {
    for (const spy of spies) spy.mockRestore();
  }
}
