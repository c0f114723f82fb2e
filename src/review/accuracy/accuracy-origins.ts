const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
/** Hours between two fits: each day is judged from another of them in turn, so that all four are. */
const fitHours = 6;

/** Length of the forecast that is judged from each origin, in ms. */
export const judgedMs = dayMs;

/** Number of days over which forecasts are judged. */
export const judgedDays = 7;

/**
 * The boundaries from which the forecasts of the newest seven days are judged, epoch ms, oldest first: one a day, at
 * 00:00, 06:00, 12:00 and 18:00 UTC in turn, each with 24 hours that are over at `now`. A day keeps its origin, so that
 * each is judged once.
 */
export function accuracyOrigins(now: number): readonly number[] {
  const today = Math.floor(now / dayMs);
  const origins = Array.from({ length: judgedDays + 2 }, (_, back) => {
    const day = today - back;
    return day * dayMs + (((day % 4) + 4) % 4) * fitHours * hourMs;
  });
  return origins
    .filter(origin => origin + judgedMs <= now)
    .slice(0, judgedDays)
    .reverse();
}
