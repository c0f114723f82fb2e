import type { Statement } from '../api/condition.ts';
import type { TargetPlan } from '../plan/plan.ts';
import type { AppliedWrite } from './applied.ts';

/**
 * What to say of a target once its write has been tried. A plan is made before the write, so its statements say "goes to":
 *
 *   write                      BoundsInForce                    what followed from it (Ready, Reconciling, Stalled)
 *   none, unchanged            as planned                       as planned
 *   written                    True, the plan's reason          Ready, unless more than the write was waited for
 *   refused, deferred, failed  False, why                       Ready=False; Stalled=True where a person must act
 */
export function settleStatements(
  { statements, reason }: TargetPlan,
  write: AppliedWrite | undefined,
): readonly Statement[] {
  if (write === undefined || write.outcome === 'Unchanged' || write.outcome === 'NotLeading') return statements;
  const planned = statements.find(({ type }) => type === 'BoundsInForce');
  if (write.outcome === 'Written') {
    const message = `${write.name}: ${write.message}.`;
    return statements.map(statement => {
      const onlyAwaitsWrite = planned?.reason === 'Writing' && statement.message === planned.message;
      return onlyAwaitsWrite ? { ...statement, status: settled[statement.type] ?? 'True', reason, message } : statement;
    });
  }
  return statements.map(statement => afterFailure(statement, write));
}

const settled: Readonly<Record<string, Statement['status']>> = { Reconciling: 'False', Stalled: 'False' };

function afterFailure(statement: Statement, { outcome, name, message }: AppliedWrite): Statement {
  const said = { reason: `Write${outcome}`, message: `${name}: ${message}.` };
  const needsPerson = outcome === 'Refused';
  switch (statement.type) {
    case 'BoundsInForce':
    case 'Ready':
      return { ...statement, status: 'False', ...said };
    case 'Reconciling':
      return { ...statement, status: needsPerson ? 'False' : 'True', ...said };
    case 'Stalled':
      return { ...statement, status: needsPerson ? 'True' : 'False', ...said };
    default:
      return statement;
  }
}
