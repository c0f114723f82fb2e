import { expect, test } from 'vitest';
import { ParseError } from '../../../src/api/faults/parse-error.ts';
import { parseScalingPolicy } from '../../../src/api/scaling-policy.ts';
import { scalingPolicy } from '../../support/shop/kinds.ts';

function sentenceOf(spec: Readonly<Record<string, unknown>>): string {
  try {
    parseScalingPolicy(scalingPolicy(spec));
  } catch (error) {
    if (error instanceof ParseError) return error.message;
    throw error;
  }
  return 'no fault';
}

test.each([
  [
    'a day of the calendar with a date and a rule',
    { demandDefaults: { calendar: [{ name: 'New Year', date: '2027-01-01', rule: 'FREQ=YEARLY' }] } },
    'spec.demandDefaults.calendar[0]: must have either date or rule',
  ],
  [
    'a day of the calendar that does not exist',
    { demandDefaults: { calendar: [{ name: 'Leap', date: '2027-02-29' }] } },
    'spec.demandDefaults.calendar[0].date: must be a day that exists, got "2027-02-29"',
  ],
  [
    'a day of the calendar twice',
    {
      demandDefaults: {
        calendar: [
          { name: 'a', date: '2027-01-01' },
          { name: 'a', date: '2027-05-01' },
        ],
      },
    },
    'spec.demandDefaults.calendar: must not name a day twice',
  ],
  [
    'a rule of a calendar with a time of day',
    { demandDefaults: { calendar: [{ name: 'a', rule: 'FREQ=YEARLY;BYHOUR=3' }] } },
    'spec.demandDefaults.calendar[0].rule: must not have BYHOUR or BYMINUTE: a calendar has days, got "FREQ=YEARLY;BYHOUR=3"',
  ],
  [
    'a rule of a calendar that RFC 5545 forbids',
    { demandDefaults: { calendar: [{ name: 'a', rule: 'FREQ=YEARLY;BYMONTH=13' }] } },
    'spec.demandDefaults.calendar[0].rule: must have numbers of 1 to 12 in BYMONTH, got 13',
  ],
  [
    'a zone that does not exist',
    { demandDefaults: { timeZone: 'Europe/Nowhere' } },
    'spec.demandDefaults.timeZone: must be a zone of the IANA database, as Europe/Berlin, got "Europe/Nowhere"',
  ],
])('demandDefaults refuses %s, naming the field', (_title, spec, message) => {
  expect(sentenceOf(spec)).toBe(`ScalingPolicy marketplace/default: ${message}`);
});
