/** Grid of a profile: the bins of a day, and the position of samples in them. */
export interface ProfileGrid {
  readonly bins: number;
  readonly binMs: number;
  /** Half a step, in bins: a sample counts at the middle of its step. */
  readonly halfStep: number;
}

/** A number of steps of `stepMs` from `start` on. */
export interface ProfileSteps {
  readonly start: number;
  readonly stepMs: number;
  readonly count: number;
}

const dayMs = 86_400_000;

/** Reads a profile by linear interpolation between the middles of the bins, around midnight. */
export function readProfile(
  { bins, binMs, halfStep }: ProfileGrid,
  profile: Float64Array,
  sinceMidnightMs: number,
): number {
  const position = sinceMidnightMs / binMs - 0.5 + halfStep;
  const lower = Math.floor(position);
  const here = profile[lower < 0 ? lower + bins : lower] as number;
  const share = position - lower;
  return share === 0 ? here : here + share * ((profile[lower + 1 < bins ? lower + 1 : 0] as number) - here);
}

/** Reads the profile for many steps. Where steps divide the day, one day per profile is read and then copied. */
export function readAlong(
  grid: ProfileGrid,
  profileOf: (day: number) => Float64Array,
  { start, stepMs, count }: ProfileSteps,
): Float64Array {
  const along = new Float64Array(count);
  const perDay = dayMs / stepMs;
  const isRepeated = count > perDay && Number.isInteger(perDay);
  const days = new Map<Float64Array, Float64Array>();
  for (let i = 0; i < count; ) {
    const day = Math.floor((start + i * stepMs) / dayMs);
    const profile = profileOf(day);
    const end = Math.min(count, Math.ceil(((day + 1) * dayMs - start) / stepMs));
    const since = start + i * stepMs - day * dayMs;
    if (isRepeated) {
      const whole = days.get(profile) ?? readSteps(grid, profile, { start: since % stepMs, stepMs, count: perDay });
      days.set(profile, whole);
      const first = Math.floor(since / stepMs);
      along.set(whole.subarray(first, first + end - i), i);
    } else {
      along.set(readSteps(grid, profile, { start: since, stepMs, count: end - i }), i);
    }
    i = end;
  }
  return along;
}

/** Reads one profile for consecutive steps. `start`: ms since midnight. */
function readSteps(grid: ProfileGrid, profile: Float64Array, { start, stepMs, count }: ProfileSteps): Float64Array {
  const steps = new Float64Array(count);
  for (let i = 0; i < count; i++) steps[i] = readProfile(grid, profile, start + i * stepMs);
  return steps;
}
