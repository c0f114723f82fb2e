/** Facts about the peak of a sale; ratios are multiples of the same minute without the sale. */
export interface KnownPeak {
  /** The ratio that the merchandiser stated. */
  readonly stated?: number | undefined;
  /** The ratio that capacity is kept for at least, whatever is forecast. */
  readonly least?: number | undefined;
  /** Ratios of past sales, oldest first. */
  readonly past: readonly number[];
  /** Names of past sales that count as of the same kind. @default none */
  readonly similar?: readonly string[];
  /** What the report of the newest sale like it said to state: the SalePlan, and the ratio; absent where there is none. */
  readonly advised?: { readonly salePlan: string; readonly ratio: number } | undefined;
  /** The P50 that is planned for. */
  readonly planned: number;
  /**
   * Ratio up to which the planned replicas suffice: P95, or less where a limit binds; absent when nothing is raised.
   */
  readonly safe?: number | undefined;
}

/** Past sales that are listed one by one at most. */
const mostNamed = 3;
const numerals = ['no', 'one', 'two', 'three'] as const;

/**
 * Describes what the peak is planned from: "you said 6×; two past sales did 5.1× and 6.2×; planned for 5.8×, safe to
 * 9.1×".
 */
export function describePeak({ stated, least, past, similar = [], advised, planned, safe }: KnownPeak): string {
  const peak = stated === undefined ? 'you stated no peak' : `you said ${times(stated)}`;
  const said = least === undefined ? peak : `${peak} and asked for at least ${times(least)}`;
  const plan =
    safe === undefined
      ? `forecast ${times(planned)}, nothing is raised`
      : `planned for ${times(planned)}, safe to ${times(safe)}`;
  const advice = advised === undefined ? '' : `, the report of ${advised.salePlan} says ${times(advised.ratio)}`;
  return `${said}; ${describePast(past)}${describeSimilar(similar)}${advice}; ${plan}`;
}

function describePast(past: readonly number[]): string {
  if (past.length === 0) return 'no past sale was measured';
  if (past.length === 1) return `one past sale did ${past.map(times).join('')}`;
  if (past.length > mostNamed)
    return `${past.length} past sales did ${times(Math.min(...past))} to ${times(Math.max(...past))}`;
  const named = past.map(times);
  return `${numerals[past.length]} past sales did ${named.slice(0, -1).join(', ')} and ${named.at(-1)}`;
}

function describeSimilar(names: readonly string[]): string {
  if (names.length === 0) return '';
  const rest = names.length - mostNamed;
  const named = names.slice(-mostNamed).join(', ');
  return `, ${named}${rest > 0 ? ` and ${rest} more` : ''} ${names.length === 1 ? 'counts' : 'count'} as of this kind`;
}

/** Formats a ratio: 5.83 → `5.8×`, 12.4 → `12×`. */
function times(ratio: number): string {
  return `${Number(ratio.toPrecision(2))}×`;
}
