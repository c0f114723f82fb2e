import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import type { Question, Verdict } from './run-tests.ts';

/** How long the tests of one change may take, in ms; more is a hang, and that is noticed, too. */
const patienceMs = 180_000;

/** Runs tests of a copy of the repository in a process of its own, which is started anew after it hung. */
export class TestRunner {
  readonly #folder: string;
  #child: ChildProcess | undefined;

  constructor(folder: string) {
    this.#folder = folder;
  }

  async ask(question: Question, withinMs = patienceMs): Promise<Verdict> {
    const child = this.#child ?? (await this.#start());
    child.send(question);
    const stop = new AbortController();
    const answered = once(child, 'message', { signal: stop.signal }).then(([verdict]): Verdict => verdict);
    const ended = once(child, 'exit', { signal: stop.signal }).then(() => this.#drop('the program ended'));
    const timer = AbortSignal.timeout(withinMs);
    const hung = once(timer, 'abort', { signal: stop.signal }).then(() => this.#drop(`no end in ${withinMs / 1000} s`));
    const all = [answered, ended, hung];
    try {
      return await Promise.race(all);
    } finally {
      stop.abort();
      await Promise.allSettled(all);
    }
  }

  stop(): void {
    this.#child?.kill('SIGKILL');
  }

  async #start(): Promise<ChildProcess> {
    const program = path.join(this.#folder, 'test', 'mutants', 'main.ts');
    const child = fork(program, ['--answer'], { cwd: this.#folder, stdio: ['ignore', 'ignore', 'ignore', 'ipc'] });
    await once(child, 'message');
    this.#child = child;
    return child;
  }

  #drop(failed: string): Verdict {
    this.stop();
    this.#child = undefined;
    return { failed };
  }
}
