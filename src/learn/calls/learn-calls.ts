import type { Series, ShopClock } from '../../../forecasts/index.ts';
import { formatInstant, parseInstant } from '../../api/instant.ts';
import type { CallRatio } from '../../api/learned/call-ratio.ts';
import type { ScalingTarget } from '../../api/scaling-target.ts';
import { callFactor, type DeclaredCaller } from './call-factor.ts';
import { noteHour } from './note-hour.ts';

/** A called target: its demand, and all its callers, the learning one among them. */
export interface Called {
  readonly demand: Series;
  readonly callers: readonly DeclaredCaller[];
}

const hourMs = 3_600_000;
const nightHours = 6;

/**
 * Learns from the whole hours up to `settledUntil` what a target's status is to keep of its calls: each hour counts once.
 * A call to a target whose demand is not known, or that has visitors of its own, keeps what it has.
 */
export function learnCalls(
  { spec, status }: Pick<ScalingTarget, 'spec' | 'status'>,
  input: {
    /** By name of the called target. */
    readonly called: ReadonlyMap<string, Called>;
    readonly clock: ShopClock | undefined;
    /** Epoch ms. */
    readonly from: number;
    readonly settledUntil: number;
  },
): readonly CallRatio[] {
  return spec.calls.flatMap(({ target, perThousandRequests }): readonly CallRatio[] => {
    const known = status?.callRatios?.find(one => one.target === target);
    const ends = input.called.get(target);
    const learned =
      ends === undefined || perThousandRequests === 0
        ? known
        : hoursFrom(known, input).reduce(
            (sofar, at) => addHour(sofar, at, { target, perThousandRequests, ends }),
            known,
          );
    return learned === undefined ? [] : [learned];
  });

  /** Adds the hour that begins at `at`, epoch ms; one that is not measured is left out. */
  function addHour(
    known: CallRatio | undefined,
    at: number,
    call: { readonly target: string; readonly perThousandRequests: number; readonly ends: Called },
  ): CallRatio | undefined {
    const { target, perThousandRequests: declared, ends } = call;
    const factor = callFactor(ends.demand, ends.callers, { from: at, until: at + hourMs });
    if (factor === undefined) return known;
    const when = isNight(at, input.clock) ? 'night' : 'ordinary';
    const noted = noteHour(known?.[when], declared * factor, declared);
    return {
      ...(known ?? { target }),
      ...(noted === undefined ? {} : { [when]: noted }),
      until: formatInstant(at + hourMs),
    };
  }
}

/** The whole hours that are not counted yet, by their start, epoch ms. */
function hoursFrom(
  known: CallRatio | undefined,
  { from, settledUntil }: { readonly from: number; readonly settledUntil: number },
): readonly number[] {
  const since = known === undefined ? from : Math.max(from, parseInstant(known.until));
  const first = Math.ceil(since / hourMs) * hourMs;
  const count = Math.max(0, Math.floor((settledUntil - first) / hourMs));
  return Array.from({ length: count }, (_, index) => first + index * hourMs);
}

/** Whether an hour begins before 06:00 by the clock that a target's days follow; UTC without one. */
export function isNight(at: number, clock: ShopClock | undefined): boolean {
  const offsets = clock?.offsets ?? [];
  const offset = offsets.findLast(({ from }) => from <= at) ?? offsets[0];
  return Math.floor((at + (offset?.offsetMs ?? 0)) / hourMs) % 24 < nightHours;
}
