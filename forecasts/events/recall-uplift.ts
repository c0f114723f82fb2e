import type { Event } from '../event.ts';
import { memoize } from '../memoize.ts';
import type { Present } from '../present.ts';
import { studentQuantile } from '../statistics/student-quantile.ts';
import { learnUplift, type Uplift } from './learn-uplift.ts';
import { type LiveSpread, liveSpread } from './live-spread.ts';
import { anchorAt } from './past-uplifts.ts';
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
  const kept: Kept[] = [];
  const isSame = sameEvents();
  const quantile = memoize(level => {
    const whole = memoize(degrees => studentQuantile(level, degrees));
    return (degrees: number) => whole(Math.max(1, Math.round(degrees)));
  });
  return (present, event, known, origin) => {
    const anchor = anchorAt(present, origin);
    const found = kept.find(
      other =>
        other.origin === origin &&
        Object.is(other.anchor, anchor) &&
        isSame(other.event, event) &&
        other.known.length === known.length &&
        other.known.every((one, i) => isSame(one, known[i] as Event)),
    );
    if (found) return found.learned;
    const learned = { ...learnAll(present, event, known, origin), quantile };
    if (kept.length >= mostKept) kept.length = 0;
    kept.push({ origin, anchor, event, known, learned });
    return learned;
  };
}

/** A question, and what was answered. */
interface Kept {
  readonly origin: number;
  readonly anchor: number;
  readonly event: Event;
  readonly known: readonly Event[];
  readonly learned: LearnedUplift;
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

/** Whether the same is known of two events; an event is looked at once. */
function sameEvents(): (a: Event, b: Event) => boolean {
  const prints = new WeakMap<Event, string>();
  const printOf = (event: Event) => {
    const print = prints.get(event) ?? fingerprint(event);
    prints.set(event, print);
    return print;
  };
  return (a, b) => a === b || printOf(a) === printOf(b);
}

function fingerprint({ id, start, end, statedPeakRatio, features }: Event): string {
  return `${id} ${start} ${end} ${statedPeakRatio} ${JSON.stringify(features)}`;
}
