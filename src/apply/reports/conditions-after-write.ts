import type { ConditionUpdate } from '../../api/condition.ts';
import type { TargetPlan } from '../../plan/plan.ts';
import type { AppliedWrite, WriteOutcome } from '../applied.ts';

/**
 * Returns the conditions of a target after its write was tried. A plan is made before the write, so its conditions say
 * "goes to":
 *
 *   write                      BoundsInForce                    what followed from it (Ready, Reconciling, Stalled)
 *   none, unchanged            as planned                       as planned
 *   written                    True, what changed and why       Ready, unless more than the write was waited for
 *   refused, deferred, failed  False, why                       Ready=False; Stalled=True where a person must act
 */
export function conditionsAfterWrite(
  { conditions, reason }: TargetPlan,
  write: AppliedWrite | undefined,
): readonly ConditionUpdate[] {
  if (write === undefined) return conditions;
  const { outcome } = write;
  if (outcome === 'Unchanged' || outcome === 'NotLeading') return conditions;
  if (outcome !== 'Written') return conditions.map(statement => afterFailure(statement, { ...write, outcome }));
  const planned = conditions.find(({ type }) => type === 'BoundsInForce');
  const inForce = { status: 'True', reason, message: `${write.message}.` } as const;
  return conditions.map((statement): ConditionUpdate => {
    const onlyAwaitsWrite = planned?.reason === 'Writing' && statement.message === planned.message;
    if (!onlyAwaitsWrite) return statement;
    switch (statement.type) {
      case 'BoundsInForce':
      case 'Ready':
        return { ...statement, ...inForce };
      case 'Reconciling':
        return { ...statement, ...settled };
      default:
        return statement;
    }
  });
}

/** Condition in the same words as the next plan's, so that the next reconcile changes nothing. */
const settled = { status: 'False', reason: 'Settled', message: 'Nothing is under way.' } as const;

type FailedOutcome = Exclude<WriteOutcome, 'Written' | 'Unchanged' | 'NotLeading'>;

function afterFailure(
  statement: ConditionUpdate,
  { outcome, name, message }: AppliedWrite & { readonly outcome: FailedOutcome },
): ConditionUpdate {
  const said = { reason: `Write${outcome}`, message: `${name}: ${message}.` } as const;
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
