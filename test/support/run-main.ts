import { execFile } from 'node:child_process';
import { packagePath } from '../../src/package-path.ts';

/** What `headstart …` printed and how it ended, from sources, in a process of its own; ended after `timeoutMs`. */
export function runMain(
  args: readonly string[],
  timeoutMs: number,
): Promise<{ readonly code: number; readonly stdout: string; readonly stderr: string }> {
  return new Promise(resolve => {
    execFile(
      process.execPath,
      [packagePath('src', 'main.ts'), ...args],
      { timeout: timeoutMs, maxBuffer: 16 * 1024 * 1024 },
      (error, stdout, stderr) => {
        const code = error === null ? 0 : typeof error.code === 'number' ? error.code : 1;
        resolve({ code, stdout, stderr });
      },
    );
  });
}
