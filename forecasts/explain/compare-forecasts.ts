import type { EventExplanation, EventPartKind, Explanation } from '../explanation.ts';
import type { Cause, CauseKind } from './cause.ts';
import { describeCause, describeChange } from './describe-cause.ts';

/** Why a later forecast differs from an earlier one. */
export interface ForecastChange {
  /** The earlier and the later point forecast, in the history's unit. */
  readonly before: number;
  readonly after: number;
  /** Change in per cent of `before`, or of `after` where `before` is 0. */
  readonly changePercent: number;
  /** The causes by descending size; their changes sum to the whole change. */
  readonly causes: readonly Cause[];
  /** The change in words: "+38 %: the stated peak of sneaker-drop rose from 5 to 8 times". */
  readonly sentence: string;
}

/** Change of one part, on the model's scale. */
interface Shift {
  readonly kind: CauseKind;
  readonly event?: string;
  readonly amount: number;
}

/**
 * Explains the difference between two forecasts of one service by their parts. The logarithmic mean of the two
 * forecasts converts differences on the log scale to the history's unit, so that the causes sum exactly to the change,
 * even where large ones cancel out.
 *
 * @see Ang (2004), Decomposition analysis for policymaking in energy, Energy Policy 32(9): the additive LMDI
 */
export function compareForecasts(before: Explanation, after: Explanation): ForecastChange {
  const reference = Math.abs(before.point) || Math.abs(after.point) || 1;
  const slope = before.scale === 'raw' ? 1 : logarithmicMean(before.point + before.offset, after.point + after.offset);
  const shifts = before.scale === after.scale ? shiftsBetween(before, after) : [{ kind: 'level' as const, amount: 0 }];
  const explained = shifts.reduce((sum, { amount }) => sum + amount * slope, 0);
  const missed = after.point - before.point - explained;
  const causes = shifts
    // the offset of the log scale depends on the mean of the history, so its change belongs to the level
    .map(({ amount, ...shift }) => ({ ...shift, change: amount * slope + (shift.kind === 'level' ? missed : 0) }))
    .filter(({ kind, change }) => isAlwaysTold(kind) || Math.abs(change) > 1e-9 * reference)
    .sort((a, b) => Math.abs(b.change) - Math.abs(a.change))
    .map(shift => ({
      ...shift,
      changePercent: (100 * shift.change) / reference,
      sentence: describeCause(shift, { before, after }),
    }));
  const changePercent = (100 * (after.point - before.point)) / reference;
  return {
    before: before.point,
    after: after.point,
    changePercent,
    causes,
    sentence: describeChange(changePercent, causes),
  };
}

/** Whether a cause is told even where it changes nothing. */
function isAlwaysTold(kind: CauseKind): boolean {
  return kind === 'staleData' || kind === 'statement';
}

function shiftsBetween(before: Explanation, after: Explanation): readonly Shift[] {
  const base = (['level', 'lastHour', 'dayProfile', 'week', 'holiday', 'models'] as const).map(kind => ({
    kind,
    amount: amountOf(after.parts, kind) - amountOf(before.parts, kind),
  }));
  const ids = [...new Set([...before.events, ...after.events].map(({ event }) => event))];
  const stale = after.origin <= before.origin ? [{ kind: 'staleData' as const, amount: 0 }] : [];
  return [...base, ...ids.flatMap(id => shiftsOfEvent(find(before, id), find(after, id))), ...stale];
}

function shiftsOfEvent(before: EventExplanation | undefined, after: EventExplanation | undefined): readonly Shift[] {
  if (after === undefined) return before ? [{ kind: 'lostEvent', event: before.event, amount: -before.amount }] : [];
  const { event } = after;
  if (before === undefined) return [{ kind: 'newEvent', event, amount: after.amount }];
  const moved = (kind: EventPartKind) => amountOf(after.parts, kind) - amountOf(before.parts, kind);
  const statement = movedByStatement(before, after);
  const learned = moved('prior') + moved('pastSales') + moved('statement') - statement;
  const isRestated = before.statement?.peakRatio !== after.statement?.peakRatio;
  return [
    ...(isRestated ? [{ kind: 'statement' as const, event, amount: statement }] : []),
    { kind: 'pastSales', event, amount: learned },
    ...(['lastMinutes', 'drift', 'correction', 'rest'] as const).map(kind => ({ kind, event, amount: moved(kind) })),
  ];
}

/** Effect of a stated peak that was added, withdrawn or changed, on the model's scale; 0 where it is unchanged. */
function movedByStatement({ statement: before }: EventExplanation, { statement: after }: EventExplanation): number {
  if (before?.peakRatio === after?.peakRatio) return 0;
  return (after?.moved ?? 0) - (before?.moved ?? 0);
}

function amountOf(parts: readonly { readonly kind: string; readonly amount: number }[], kind: string): number {
  return parts.reduce((sum, part) => (part.kind === kind ? sum + part.amount : sum), 0);
}

function find({ events }: Explanation, id: string): EventExplanation | undefined {
  return events.find(({ event }) => event === id);
}

function logarithmicMean(a: number, b: number): number {
  const ratio = Math.log(b / a);
  return Math.abs(ratio) < 1e-9 || !Number.isFinite(ratio) ? (a + b) / 2 : (b - a) / ratio;
}
