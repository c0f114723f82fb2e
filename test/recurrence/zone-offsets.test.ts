import { expect, test } from 'vitest';
import { zoneOffsetMs } from '../../src/api/instant.ts';
import { zoneOffsets } from '../../src/recurrence/zone-offsets.ts';

const hourMs = 3_600_000;
const year2026 = { from: Date.UTC(2026, 5), until: Date.UTC(2026, 6) };

function changesOf(timeZone: string, years = year2026): readonly string[] {
  return zoneOffsets(timeZone, years).map(
    ({ from, offsetMs }) => `${new Date(from).toISOString().slice(0, 16)} ${offsetMs / hourMs}`,
  );
}

test.each([
  ['Europe/Berlin', ['2026-01-01T00:00 1', '2026-03-29T01:00 2', '2026-10-25T01:00 1']],
  ['America/New_York', ['2026-01-01T00:00 -5', '2026-03-08T07:00 -4', '2026-11-01T06:00 -5']],
  ['Australia/Lord_Howe', ['2026-01-01T00:00 11', '2026-04-04T15:00 10.5', '2026-10-03T15:30 11']],
  ['Asia/Kolkata', ['2026-01-01T00:00 5.5']],
])('%s changes its clocks to the minute', (timeZone, changes) => {
  expect(changesOf(timeZone)).toEqual(changes);
});

// clocks of Casablanca are changed twice within five weeks, around Ramadan
test.each(['Europe/Lisbon', 'Africa/Casablanca'])(
  'the table of %s agrees with it on every hour, and is made once',
  zone => {
    const years = { from: Date.UTC(2024, 0), until: Date.UTC(2025, 11) };
    const table = zoneOffsets(zone, years);
    const differing: string[] = [];
    for (let time = Date.UTC(2024, 0); time < Date.UTC(2026, 0); time += hourMs) {
      const known = table.findLast(({ from }) => from <= time)?.offsetMs;
      if (known !== zoneOffsetMs(time, zone)) differing.push(new Date(time).toISOString());
    }
    expect(differing).toEqual([]);
    expect(zoneOffsets(zone, years)).toBe(table);
  },
);

test('a zone that moves over the date line is a day off', () => {
  const samoa = zoneOffsets('Pacific/Apia', { from: Date.UTC(2011, 0), until: Date.UTC(2011, 11) });
  expect(samoa.at(-1)).toEqual({ from: Date.UTC(2011, 11, 30, 10), offsetMs: 14 * hourMs });
});
