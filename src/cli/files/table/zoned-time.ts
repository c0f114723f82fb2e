import { formatOffset } from '../../../api/instant.ts';

/**
 * Finds the instants (epoch ms, ascending) at which clocks of a zone show a time, given as the epoch ms at which clocks
 * of UTC show it: one; none when clocks skip it; two when clocks are put back and show it twice.
 */
export function createZonedTime(timeZone: string): (localMs: number) => readonly number[] {
  const offsets = new Map<number, number>();
  const offsetAt = (epochMs: number): number => {
    // Offsets change at whole quarters of an hour.
    const quarter = Math.floor(epochMs / 900_000);
    const known = offsets.get(quarter);
    if (known !== undefined) return known;
    const offset = offsetMs(quarter * 900_000, timeZone);
    offsets.set(quarter, offset);
    return offset;
  };
  return localMs => {
    // Within a day of the instant there is at most one change, so one of both offsets holds.
    const near = [offsetAt(localMs + 86_400_000), offsetAt(localMs - 86_400_000)];
    const found = near.map(offset => localMs - offset).filter(epochMs => localMs - offsetAt(epochMs) === epochMs);
    return [...new Set(found)].sort((a, b) => a - b);
  };
}

function offsetMs(epochMs: number, timeZone: string): number {
  const [, sign, hours, minutes] = /^([+-])(\d\d):(\d\d)/.exec(formatOffset(epochMs, timeZone)) ?? [];
  const size = (Number(hours ?? 0) * 60 + Number(minutes ?? 0)) * 60_000;
  return sign === '-' ? -size : size;
}
