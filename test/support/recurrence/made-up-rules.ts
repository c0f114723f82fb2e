import fc from 'fast-check';
import type { OracleRule } from './rule-oracle.ts';

/** Zones of every kind of change: none, half an hour, at midnight, on another hemisphere, at other dates, abolished. */
export const zones: readonly string[] = [
  'UTC',
  'Europe/Berlin',
  'Europe/London',
  'Europe/Dublin',
  'Europe/Istanbul',
  'Europe/Moscow',
  'Africa/Casablanca',
  'Africa/Cairo',
  'Africa/Lagos',
  'America/New_York',
  'America/Los_Angeles',
  'America/St_Johns',
  'America/Sao_Paulo',
  'America/Santiago',
  'America/Asuncion',
  'America/Havana',
  'America/Caracas',
  'America/Phoenix',
  'Asia/Tehran',
  'Asia/Kolkata',
  'Asia/Kathmandu',
  'Asia/Tokyo',
  'Asia/Pyongyang',
  'Asia/Gaza',
  'Asia/Amman',
  'Australia/Sydney',
  'Australia/Lord_Howe',
  'Pacific/Auckland',
  'Pacific/Apia',
  'Pacific/Chatham',
];

const weekday = fc.integer({ min: 0, max: 6 });
const hours = fc.option(fc.uniqueArray(fc.integer({ min: 0, max: 23 }), { minLength: 1, maxLength: 3 }), {
  nil: undefined,
});
const ordinary = {
  interval: fc.integer({ min: 1, max: 4 }),
  count: fc.option(fc.integer({ min: 1, max: 400 }), { nil: undefined }),
  hours,
};
const every = (max: number) => fc.uniqueArray(fc.tuple(fc.constant(0), weekday), { minLength: 1, maxLength: max });
const nth = fc.uniqueArray(fc.tuple(fc.constantFrom(1, 2, 4, 5, -1, -2), weekday), { minLength: 1, maxLength: 3 });
const months = fc.uniqueArray(fc.integer({ min: 1, max: 12 }), { minLength: 1, maxLength: 4 });
const monthDays = fc.uniqueArray(fc.constantFrom(1, 13, 28, 29, 30, 31, -1, -3, -31), { minLength: 1, maxLength: 3 });
const optional = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });

/** Rules of each frequency, with lists, positions and counts. */
export const madeUpRules: fc.Arbitrary<OracleRule> = fc.oneof(
  fc.record({ freq: fc.constant('DAILY' as const), ...ordinary, days: optional(every(3)), months: optional(months) }),
  fc.record({ freq: fc.constant('WEEKLY' as const), ...ordinary, days: optional(every(4)), months: optional(months) }),
  fc.record({ freq: fc.constant('MONTHLY' as const), ...ordinary, days: optional(nth), months: optional(months) }),
  fc.record({ freq: fc.constant('MONTHLY' as const), ...ordinary, monthDays: optional(monthDays) }),
  fc.record({
    freq: fc.constant('MONTHLY' as const),
    ...ordinary,
    days: every(5),
    setPositions: fc.constantFrom([1], [-1], [2, -2]),
  }),
  fc.record({ freq: fc.constant('YEARLY' as const), ...ordinary, days: optional(nth), months: optional(months) }),
  fc.record({ freq: fc.constant('YEARLY' as const), ...ordinary, months, monthDays }),
);
