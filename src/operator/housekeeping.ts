import { createTask } from 'node-cron';

/**
 * A task on a calendar schedule in UTC. Never something that a sale depends on: that belongs to the ticks of the domain
 * clock.
 */
export interface Housekeeping {
  readonly name: string;
  /** Cron expression of five fields, read in UTC, where no hour is skipped or repeated. */
  readonly cron: string;
  readonly run: () => void | Promise<void>;
}

/** Silences node-cron, which would print to the console among the operator's JSON lines. */
const silent = { info() {}, warn() {}, error() {}, debug() {} };

/**
 * Starts the tasks and returns a function that stops them. The only file that uses node-cron, which may miss a run (a
 * sleeping laptop, a blocked loop): the next run of a task must make up for a missed one.
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
