/** A sale of two hours on a Friday evening, from 19:00 UTC on, at eight times an ordinary minute. */
export const eveningSale = {
  name: 'drop',
  startTime: '2026-11-27T20:00:00+01:00',
  endTime: '2026-11-27T22:00:00+01:00',
  timeZone: 'Europe/Berlin',
  expectedPeakPercent: 800,
} as const;
