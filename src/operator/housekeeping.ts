import { createTask } from 'node-cron';

/** A task that the calendar starts, in UTC. Nothing that a sale depends on: those are ticks of the domain clock. */
export interface Housekeeping {
  readonly name: string;
  /** Five cron fields, read in UTC, where no hour is skipped or doubled. */
  readonly cron: string;
  readonly run: () => void | Promise<void>;
}

/** node-cron would print to the console, among the operator's JSON lines. */
const silent = { info() {}, warn() {}, error() {}, debug() {} };

/**
 * Starts the tasks and returns what stops them. The only file that knows node-cron: it may miss a beat (a sleeping
 * laptop, a blocked loop), so a task must be one that the next beat makes good.
 */
export function startHousekeeping(
  tasks: readonly Housekeeping[],
  onFailure: (name: string, error: unknown) => void,
): { stop(): Promise<void> } {
  const scheduled = tasks.map(task => {
    const run = async () => {
      try {
        await task.run();
      } catch (error) {
        onFailure(task.name, error);
      }
    };
    const cron = createTask(task.cron, run, {
      name: task.name,
      timezone: 'Etc/UTC',
      noOverlap: true,
      unref: true,
      suppressMissedWarning: true,
      logger: silent,
    });
    void cron.start();
    return cron;
  });
  return {
    async stop() {
      await Promise.all(scheduled.map(task => task.destroy()));
    },
  };
}
