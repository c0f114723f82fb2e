import { isMissing } from '../../api/missing.ts';
import type { TargetObservation } from '../../observe/observation.ts';
import { sentenceOf } from '../condition.ts';

/** Describes what is lost while the answer times of a target cannot be read; empty while they can. */
export function unreadAnswerTimes({ answerTimes }: Pick<TargetObservation, 'answerTimes'>): string {
  if (answerTimes === undefined || !isMissing(answerTimes) || answerTimes.isPending === true) return '';
  return ` Nothing is learned of its capacity, because spec.objective.query gives no answer times: ${sentenceOf(answerTimes.missing)}`;
}
