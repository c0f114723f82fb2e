import { formatInstant } from '../../../api/instant.ts';
import type { ScheduledSale } from '../../floor/schedule-sales.ts';
import { type FeasibleFinding, infeasible } from '../../sale-finding.ts';

/** Names of targets in one sentence; further ones have a sentence of their own. */
const namesAtOnce = 10;

/**
 * Finds what became known too late.
 *
 *   known after                           →  finding
 *   start − wave − longest lead time         the sale is late
 *   what one target's raise takes            the target is late, the most critical first
 */
export function lateFindings({ isLate, prescaleTime, lateTargets, whole }: ScheduledSale): readonly FeasibleFinding[] {
  const due = formatInstant(prescaleTime);
  const sale = isLate ? [`The sale is late: bounds were due at ${due}.`] : [];
  const words = lateTargets.map(({ target, lateSeconds }) => `${target} ${lateSeconds} s`);
  const count = `${lateTargets.length} of ${whole.size} targets`;
  const targets = Array.from({ length: Math.ceil(words.length / namesAtOnce) }, (_, nth) => {
    const named = words.slice(nth * namesAtOnce, (nth + 1) * namesAtOnce).join(', ');
    return `Not ready at the start, the most critical first: ${named} late (${count}).`;
  });
  const longest = Math.max(0, ...lateTargets.map(({ lateSeconds }) => lateSeconds));
  const messages = [...sale, ...targets];
  return messages.map((message, nth): FeasibleFinding => {
    const isLast = nth === messages.length - 1 && longest > 0;
    const mend = isLast ? { mend: `Start the sale ${longest} s later to have them ready.` } : {};
    return infeasible({ reason: 'Late', verdict: 'AtRisk', message, ...mend });
  });
}
