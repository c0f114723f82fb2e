import { isApiError } from '../kube/api-error.ts';
import { NotLeadingError } from '../kube/leases/elector.ts';
import { salePlans } from '../kube/resources/resource-kind.ts';
import type { AppliedWrite, WriteOutcome } from './applied.ts';
import type { ApplyContext } from './apply-context.ts';

/** One write: its description and the call that sends it. */
export interface WriteInput {
  readonly kind: string;
  readonly name: string;
  readonly part: AppliedWrite['part'];
  /** Sentence that says what is being written. */
  readonly message: string;
  readonly send: () => Promise<unknown>;
  /** Place among the writes that wait for their turn, see WritePace. @default 0 */
  readonly rank?: number | undefined;
  /** See AppliedWrite. */
  readonly decided?: AppliedWrite['decided'];
}

/**
 * Sends one write when the pace allows and returns its outcome. Throws only when the context's signal is aborted, so
 * that one bad object does not stop the other writes.
 */
export async function write(context: ApplyContext, input: WriteInput): Promise<AppliedWrite> {
  const { message, send } = input;
  const about = aboutOf(input);
  if (context.dryRun) return { ...about, outcome: 'Written', message };
  try {
    await paceOf(context, input)?.take({ rank: input.rank, signal: context.signal });
    await send();
    return { ...about, outcome: 'Written', message };
  } catch (error) {
    context.signal?.throwIfAborted();
    return { ...about, outcome: outcomeOf(error), message: error instanceof Error ? error.message : String(error) };
  }
}

/** Builds the result of a write that was not needed or not allowed. */
export function unwritten(
  input: Omit<WriteInput, 'send' | 'message'>,
  outcome: WriteOutcome,
  message: string,
): AppliedWrite {
  return { ...aboutOf(input), outcome, message };
}

function aboutOf({ kind, name, part, decided }: Omit<WriteInput, 'send' | 'message'>) {
  return { kind, name, part, ...(decided === undefined ? {} : { decided }) };
}

/** Returns the pace of a write. Finalizers and ledgers are not paced: they precede a raise, and raises are counted. */
function paceOf({ pace }: ApplyContext, { kind, part }: Pick<WriteInput, 'kind' | 'part'>) {
  if (part === 'Bounds' || part === 'Scale' || part === 'Room') return pace.bounds;
  if (part === 'Finalizer' || part === 'Ledger') return undefined;
  return kind === salePlans.kind ? pace.salePlans : pace.statuses;
}

/**
 * Maps an error to an outcome. A wrong uid is 409 under server-side apply and 422 in a merge patch; the caller reads
 * again in both cases.
 */
export function outcomeOf(error: unknown): WriteOutcome {
  if (error instanceof NotLeadingError) return 'NotLeading';
  if (isApiError(error, 404, 410)) return 'Gone';
  if (isApiError(error, 409)) return 'Conflict';
  if (isApiError(error, 400, 403, 413, 422)) return 'Refused';
  return 'Failed';
}
