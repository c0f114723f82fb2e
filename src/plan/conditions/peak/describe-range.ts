import { widthMends, widthReasons } from '../../../../forecasts/index.ts';
import type { RangeSource } from '../../demand/fan-out.ts';

/** The expected peak and the one that is planned for at most, as multiples of the same minute without the sale. */
export interface PeakRange extends RangeSource {
  readonly median: number;
  readonly upper: number;
}

/** Reasons that are told at most, and the least share of the width that one is told from. */
const mostReasons = 3;
const leastShare = 0.1;
/** Properties without a past sale that are named at most. */
const mostUnseen = 3;

/**
 * Describes how far above the expected peak demand may go, why, and what would narrow that: "up to 1.8 times the expected
 * peak, 62 % of that range because no past sale was like it (none with kind clearance; narrower with a past sale of this
 * kind, or similarTo)". Undefined without a reason.
 */
export function describeRange({ median, upper, width, unseen }: PeakRange): string | undefined {
  const reasons = width
    .filter(({ share }) => share >= leastShare)
    .toSorted((a, b) => b.share - a.share)
    .slice(0, mostReasons);
  if (reasons.length === 0 || !(median > 0 && upper > median)) return undefined;
  const told = reasons.map(({ kind, share }, index) => {
    const part = share > 0.995 ? 'all' : `${Math.round(100 * share)} %`;
    const of = index === 0 ? ' of that range' : '';
    const mend = widthMends[kind];
    const notes = [
      ...(kind === 'novelty' && unseen.length > 0 ? [nameUnseen(unseen)] : []),
      ...(mend === undefined ? [] : [`narrower with ${mend}`]),
    ];
    return `${part}${of} because ${widthReasons[kind]}${notes.length === 0 ? '' : ` (${notes.join('; ')})`}`;
  });
  return `up to ${(upper / median).toFixed(1)} times the expected peak, ${told.join(', ')}`;
}

function nameUnseen(unseen: readonly string[]): string {
  const rest = unseen.length - mostUnseen;
  return `none ${unseen.slice(0, mostUnseen).join(', none ')}${rest > 0 ? ` and ${rest} more` : ''}`;
}
