/** Formatters by zone and form: to make one takes longer than to format a hundred times. */
const formatters = new Map<string, Intl.DateTimeFormat>();

const forms = {
  clock: { hour: '2-digit', minute: '2-digit' },
  seconds: { hour: '2-digit', minute: '2-digit', second: '2-digit' },
  day: { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' },
  shortDay: { day: 'numeric', month: 'short' },
  weekday: { weekday: 'short' },
} as const satisfies Record<string, Intl.DateTimeFormatOptions>;

function formatter(form: keyof typeof forms, timeZone: string): Intl.DateTimeFormat {
  const key = `${form} ${timeZone}`;
  const made = formatters.get(key) ?? new Intl.DateTimeFormat('en-GB', { timeZone, ...forms[form] });
  formatters.set(key, made);
  return made;
}

/** Formats a time of day in `timeZone`: `20:00`. */
export function formatClock(epochMs: number, timeZone: string, withSeconds = false): string {
  return formatter(withSeconds ? 'seconds' : 'clock', timeZone).format(epochMs);
}

/** Formats a date in `timeZone`: `Friday, 27 November 2026`. */
export function formatDay(epochMs: number, timeZone: string): string {
  const parts = formatter('day', timeZone).formatToParts(epochMs);
  const part = (type: string) => parts.find(one => one.type === type)?.value ?? '';
  return `${part('weekday')}, ${part('day')} ${part('month')} ${part('year')}`;
}

/** Formats a date in short in `timeZone`: `27 Nov`. */
export function formatShortDay(epochMs: number, timeZone: string): string {
  return formatter('shortDay', timeZone).format(epochMs);
}

/** Formats a day of the week in short in `timeZone`: `Fri`. */
export function formatWeekday(epochMs: number, timeZone: string): string {
  return formatter('weekday', timeZone).format(epochMs);
}
