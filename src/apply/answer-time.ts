import type { MarkedBounds } from '../api/autoscalers/autoscaler-state.ts';
import type { LiveAutoscaler } from '../kube/resources/read-autoscaler.ts';
import type { SaleOutlook, TargetPlan } from '../plan/plan.ts';
import { planAnswer, sinceLastWrite } from './answer-pace.ts';
import type { ApplyContext } from './apply-context.ts';
import type { SentBounds } from './write-memory.ts';

/** The HPA whose bounds are to be written again, and the sales that raise it. */
interface AnswerInput {
  /** Epoch ms. */
  readonly now: number;
  readonly autoscaler: { readonly uid: string };
  readonly sales: readonly Pick<SaleOutlook, 'prescaleTime' | 'start'>[];
}

/**
 * Returns the time from which the bounds may be written. A write that ends the raise is never delayed; one that another
 * writer has undone is spaced from our last write. A manager whose last write is older than ours has undone nothing:
 * kubectl or Helm may own a bound since the object was created.
 */
export function answerTime(
  context: ApplyContext,
  input: AnswerInput,
  { state, others }: LiveAutoscaler,
  plan: TargetPlan,
): number {
  const sent = context.memory.sentBounds(input.autoscaler.uid);
  const sentOnServer = sent === undefined ? undefined : sent.at - context.clocks.skewMs();
  const isAnswer = others.some(({ time }) => isLater(time, state.writtenAt ?? sentOnServer));
  if (plan.floor === undefined || !isAnswer || !isUndone(state, sent)) return input.now;
  const last = { writtenAt: state.writtenAt, sentMs: sent?.monotonicMs };
  return planAnswer({
    now: input.now,
    sinceSentMs: sinceLastWrite(last, input.now, context.clocks),
    sales: input.sales,
  });
}

/**
 * Returns whether their write may be later than ours, by the API server's clock. Times in managedFields are whole
 * seconds and some entries have none (0); a doubtful case counts as later.
 */
function isLater(theirs: number, ours: number | undefined): boolean {
  return theirs === 0 || ours === undefined || theirs >= Math.floor(ours / 1000) * 1000;
}

/**
 * Returns whether the bounds we wrote have been changed. Compares with the bounds in memory, which holds only writes
 * that were acknowledged; after a restart or a lost answer, compares with the annotations that the other writer left.
 */
function isUndone(live: MarkedBounds, sent: SentBounds | undefined): boolean {
  if (sent !== undefined) return live.minReplicas !== sent.minReplicas || live.maxReplicas !== sent.maxReplicas;
  return live.minReplicas < (live.floor ?? 0) || live.maxReplicas < (live.floorMax ?? 0);
}
