import type { Event } from '../event.ts';
import type { Present } from '../present.ts';
import { remember } from '../remember.ts';
import { studentQuantile } from '../student-quantile.ts';
import { learnUplift, type Uplift } from './learn-uplift.ts';
import { anchorAt } from './lessons.ts';
import { type LiveSpread, liveSpread } from './live-spread.ts';
import { type UpliftSpread, upliftSpread } from './uplift-spread.ts';

/** An uplift with what stands around it, before the start and while it runs. */
export interface LearnedUplift {
  readonly uplift: Uplift;
  readonly before: UpliftSpread;
  /** Made when first asked for. */
  readonly live: () => LiveSpread;
  /** Student's t at a level, by degrees of freedom, which are rounded: those between differ by less than anyone can tell. */
  readonly quantile: (level: number) => (degrees: number) => number;
}

export type LearnUplift = (present: Present, event: Event, known: readonly Event[], origin: number) => LearnedUplift;

const mostKept = 32;

/**
 * `learnUplift` for one fit, which gives the same answer to the same question without working it out again: while a sale
 * runs, its curve is fixed and a tick costs only the correction.
 */
export function recallUplift(): LearnUplift {
  const kept = new Map<string, LearnedUplift>();
  const numberOf = numberEvents();
  const quantile = remember(level => {
    const whole = remember(degrees => studentQuantile(level, degrees));
    return (degrees: number) => whole(Math.max(1, Math.round(degrees)));
  });
  return (present, event, known, origin) => {
    const key = [origin, anchorAt(present, origin), numberOf(event), ...known.map(numberOf)].join('|');
    const found = kept.get(key);
    if (found) return found;
    const learned = { ...learnAll(present, event, known, origin), quantile };
    if (kept.size >= mostKept) kept.clear();
    kept.set(key, learned);
    return learned;
  };
}

function learnAll(
  present: Present,
  event: Event,
  known: readonly Event[],
  origin: number,
): Omit<LearnedUplift, 'quantile'> {
  const uplift = learnUplift(present, event, known, origin);
  const before = upliftSpread(uplift);
  let live: LiveSpread | undefined;
  return {
    uplift,
    before,
    live: () => {
      live ??= liveSpread(uplift, before);
      return live;
    },
  };
}

/** The same number for events of which the same is known; an event is looked at once. */
function numberEvents(): (event: Event) => number {
  const byEvent = new WeakMap<Event, number>();
  const byFingerprint = new Map<string, number>();
  return event => {
    let number = byEvent.get(event);
    if (number === undefined) {
      const print = fingerprint(event);
      number = byFingerprint.get(print) ?? byFingerprint.size;
      byFingerprint.set(print, number);
      byEvent.set(event, number);
    }
    return number;
  };
}

function fingerprint({ id, start, end, statedPeakRatio, features }: Event): string {
  return `${id} ${start} ${end} ${statedPeakRatio} ${JSON.stringify(features)}`;
}
