import type { ApplyContext } from '../../apply/apply-context.ts';
import { WriteMemory } from '../../apply/write-memory.ts';
import { WritePace } from '../../apply/write-pace.ts';
import type { Connection } from '../../kube/connect.ts';
import { ApiWriteBudget } from '../../kube/http/api-write-budget.ts';
import { realTiming } from '../../kube/timing.ts';
import { limitsOf } from '../settings/limits.ts';
import { parseSettings } from '../settings/settings.ts';

/** Whether a command writes without the operator: `server` has each write checked and stored by nobody, true sends none. */
export type DirectDryRun = boolean | 'server';

/** Builds the context in which a command writes without the operator, at the pace of its default settings. */
export function createDirectContext(connection: Connection, dryRun: DirectDryRun): ApplyContext {
  const used = dryRun === 'server' ? connection.trying() : connection;
  const budget = new ApiWriteBudget();
  const pace = new WritePace(limitsOf(parseSettings({})).writesPerSecond, realTiming, budget);
  return {
    connection: used.budgeted(budget),
    events: { recordEvent: () => {} },
    dryRun: dryRun === true,
    pace: { bounds: pace, salePlans: pace, statuses: pace },
    memory: new WriteMemory(),
    clocks: { monotonicMs: () => realTiming.monotonicMs(), skewMs: () => connection.serverClock.skewMs },
  };
}
