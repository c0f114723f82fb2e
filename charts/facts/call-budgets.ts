import { callsIn } from './call-graph.ts';
import type { EnvironmentFacts } from './environment-schema.ts';
import type { Facts, ServiceFacts } from './facts-schema.ts';

/** Attempts per request between services, including the first. */
export const tries = 2;

/** Milliseconds after which the edge, or a caller, gives a request to a service up: four objectives, at most 10 s. */
export function deadlineMs({ objective }: ServiceFacts): number {
  return Math.min(10_000, 4 * objective.p95Milliseconds);
}

/** Milliseconds that one try of a call may take, so that all tries end before the caller's own deadline. */
export function tryMs(caller: ServiceFacts): number {
  return Math.floor(deadlineMs(caller) / tries);
}

/** The time of one call along the call graph. */
export interface CallBudget {
  readonly caller: string;
  readonly callee: string;
  readonly perThousandRequests: number;
  readonly callerObjectiveMs: number;
  readonly callerDeadlineMs: number;
  readonly tryMs: number;
  readonly calleeObjectiveMs: number;
  /** What does not add up; undefined when the call fits. */
  readonly warning?: string;
}

/** Calls that nine requests in ten make: the caller's p95 then holds the callee's p95, or nearly. */
const mostRequests = 900;

/** The time of every call in an environment, in the order of the facts. A Gateway routes and tries nothing again. */
export function callBudgets(environment: EnvironmentFacts, { services }: Facts): readonly CallBudget[] {
  const monolith = services.find(service => service.role === 'Monolith');
  return services
    .filter(({ role }) => role !== 'Gateway')
    .flatMap(caller =>
      callsIn(environment, caller, monolith).flatMap(call => {
        const callee = services.find(({ name }) => name === call.service);
        return callee === undefined ? [] : [budgetOf(caller, callee, call.perThousandRequests)];
      }),
    );
}

function budgetOf(caller: ServiceFacts, callee: ServiceFacts, perThousandRequests: number): CallBudget {
  const warning = warningOf(caller, callee, perThousandRequests);
  return {
    caller: caller.name,
    callee: callee.name,
    perThousandRequests,
    callerObjectiveMs: caller.objective.p95Milliseconds,
    callerDeadlineMs: deadlineMs(caller),
    tryMs: tryMs(caller),
    calleeObjectiveMs: callee.objective.p95Milliseconds,
    ...(warning === undefined ? {} : { warning }),
  };
}

function warningOf(caller: ServiceFacts, callee: ServiceFacts, perThousandRequests: number): string | undefined {
  const [own, theirs] = [caller.objective.p95Milliseconds, callee.objective.p95Milliseconds];
  if (theirs > tryMs(caller))
    return `one try of ${tryMs(caller)} ms is shorter than the objective of ${callee.name}, ${theirs} ms`;
  return own < theirs && perThousandRequests >= mostRequests
    ? `the objective of ${caller.name}, ${own} ms, is below that of ${callee.name}, ${theirs} ms, which it calls ${perThousandRequests} times per 1,000 requests`
    : undefined;
}

/** The budgets as a table, and the sentences of those that do not add up. */
export function formatBudgets(budgets: readonly CallBudget[]): string {
  const rows = [
    ['CALL', 'PER 1,000', 'OBJECTIVE', 'DEADLINE', 'ONE TRY', 'CALLEE'],
    ...budgets.map(each => [
      `${each.caller} → ${each.callee}`,
      String(each.perThousandRequests),
      `${each.callerObjectiveMs} ms`,
      `${each.callerDeadlineMs} ms`,
      `${each.tryMs} ms`,
      `${each.calleeObjectiveMs} ms`,
    ]),
  ];
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map(row => (row[column] ?? '').length)));
  const lines = rows.map(row =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
  return [...lines, ...warningsOf(budgets)].join('\n');
}

/** What does not add up, one sentence each. */
export function warningsOf(budgets: readonly CallBudget[]): readonly string[] {
  return budgets.flatMap(({ caller, callee, warning }) =>
    warning === undefined ? [] : [`warning: ${caller} → ${callee}: ${warning}`],
  );
}
