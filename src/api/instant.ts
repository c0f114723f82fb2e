const shape =
  /^(\d{4}-(?:0[1-9]|1[0-2])-(\d{2}))T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d{1,9})?(Z|[+-](?:0\d|1[0-4]):[0-5]\d)$/;

/** Pattern of an instant in the CRDs: RFC 3339 with an offset, upper-case T and Z, no leap second. */
export const instantPattern =
  /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])T([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d{1,9})?(Z|[+-](0\d|1[0-4]):[0-5]\d)$/;

/**
 * Parses an RFC 3339 instant with an offset to epoch milliseconds.
 *
 * @throws RangeError when it has another form or its day does not exist (30 February)
 */
export function parseInstant(text: string): number {
  const epochMs = epochOf(text);
  if (epochMs === undefined) {
    throw new RangeError(
      `"${text}" is no instant: expected a date, a time and an offset, as 2026-11-27T20:00:00+01:00`,
    );
  }
  return epochMs;
}

/** Whether `text` is an RFC 3339 instant with an offset on a day that exists. */
export function isInstant(text: string): boolean {
  return epochOf(text) !== undefined;
}

/** Instants that were parsed, by their text: a namespace states the same few thousand in every look. */
const parsed = new Map<string, number>();
const mostKept = 20_000;

function epochOf(text: string): number | undefined {
  const known = parsed.get(text);
  if (known !== undefined) return known;
  const [, date, day] = shape.exec(text) ?? [];
  if (date === undefined || new Date(`${date}T00:00:00Z`).getUTCDate() !== Number(day)) return undefined;
  const epochMs = Date.parse(text);
  if (parsed.size >= mostKept) parsed.clear();
  parsed.set(text, epochMs);
  return epochMs;
}

/** Formats RFC 3339 in UTC to the second, as Kubernetes writes its times. */
export function formatInstant(epochMs: number): string {
  const known = formatted.get(epochMs);
  if (known !== undefined) return known;
  const text = `${new Date(epochMs).toISOString().slice(0, -'.000Z'.length)}Z`;
  if (formatted.size >= mostKept) formatted.clear();
  formatted.set(epochMs, text);
  return text;
}

/** Instants that were formatted: all targets of a sale are told its few times. */
const formatted = new Map<number, string>();

/** Formats the minute of an instant in UTC for messages: `20:05 UTC`. */
export function formatMinute(epochMs: number): string {
  return `${formatInstant(epochMs).slice(11, 16)} UTC`;
}

/** Whether `timeZone` is a zone of the IANA database such as `Europe/Berlin`; false for an offset such as `+01:00`. */
export function isTimeZone(timeZone: string): boolean {
  const known = zones.get(timeZone);
  if (known !== undefined) return known;
  const isKnown = /^[A-Za-z]/.test(timeZone) && isKnownToIntl(timeZone);
  if (zones.size >= mostKept) zones.clear();
  zones.set(timeZone, isKnown);
  return isKnown;
}

/** Texts that were asked for, and whether they are zones: Intl takes long to say so. */
const zones = new Map<string, boolean>();

function isKnownToIntl(timeZone: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone });
    return true;
  } catch {
    return false;
  }
}

/**
 * Whether the offset in `instant` is the one that `timeZone` has at that time. Always true for `Z`, which states no
 * local offset, and for the zone UTC, which is the default and says nothing about where people are.
 *
 * @throws RangeError when `instant` is not an instant or `timeZone` is not a zone
 */
export function offsetAgreesWithZone(instant: string, timeZone: string): boolean {
  const at = parseInstant(instant);
  if (timeZone === 'UTC' || instant.endsWith('Z')) return true;
  return instant.slice(-6) === formatOffset(at, timeZone);
}

/**
 * Returns the offset of a zone at an instant, as `+01:00`.
 *
 * @throws RangeError when the zone is unknown
 */
export function formatOffset(epochMs: number, timeZone: string): string {
  const parts = offsetFormat(timeZone).formatToParts(epochMs);
  const offset = parts.find(part => part.type === 'timeZoneName')?.value.slice('GMT'.length);
  return offset === undefined || offset === '' ? '+00:00' : offset;
}

/** Returns local time − UTC of a zone at an instant, in ms. @throws RangeError when the zone is unknown */
export function zoneOffsetMs(epochMs: number, timeZone: string): number {
  if (timeZone === 'UTC') return 0;
  const [, sign, hours, minutes, seconds = 0] =
    /^([+-])(\d{2}):(\d{2})(?::(\d{2}))?$/.exec(formatOffset(epochMs, timeZone)) ?? [];
  const size = Number(hours ?? 0) * 3600 + Number(minutes ?? 0) * 60 + Number(seconds);
  return (sign === '-' ? -1 : 1) * size * 1000;
}

/** Formats an instant as RFC 3339 to the second, with the offset that the zone has then; with Z in the zone UTC. */
export function formatInZone(epochMs: number, timeZone: string): string {
  if (timeZone === 'UTC') return formatInstant(epochMs);
  const wall = new Date(epochMs + zoneOffsetMs(epochMs, timeZone)).toISOString();
  return wall.replace(/\.\d{3}Z$/, formatOffset(epochMs, timeZone));
}

/** One formatter a zone: making one costs more than a hundred uses. */
const offsetFormats = new Map<string, Intl.DateTimeFormat>();

function offsetFormat(timeZone: string): Intl.DateTimeFormat {
  const known = offsetFormats.get(timeZone);
  if (known !== undefined) return known;
  const made = new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'longOffset' });
  offsetFormats.set(timeZone, made);
  return made;
}
