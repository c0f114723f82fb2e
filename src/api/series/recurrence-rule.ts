/** Most sales that a rule may count: 27 years of a daily one. */
export const mostCounted = 10_000;
/** Most starts that BYHOUR and BYMINUTE may give a day. */
export const mostStartsPerDay = 24;

const weekdays = 'MO|TU|WE|TH|FR|SA|SU';
const byDayPattern = new RegExp(`^([+-]?(?:[1-9]|[1-4]\\d|5[0-3]))?(?:${weekdays})$`);
const untilPattern = /^(\d{4})(\d{2})(\d{2})(?:T([01]\d|2[0-3])([0-5]\d)([0-5]\d)Z)?$/;

interface Range {
  readonly least: number;
  readonly most: number;
  /** Whether numbers below 0 count from the end. */
  readonly fromEnd: boolean;
}

/** The numbers that a part of a rule may list. */
const ranges: ReadonlyMap<string, Range> = new Map([
  ['BYMONTH', { least: 1, most: 12, fromEnd: false }],
  ['BYWEEKNO', { least: 1, most: 53, fromEnd: true }],
  ['BYYEARDAY', { least: 1, most: 366, fromEnd: true }],
  ['BYMONTHDAY', { least: 1, most: 31, fromEnd: true }],
  ['BYHOUR', { least: 0, most: 23, fromEnd: false }],
  ['BYMINUTE', { least: 0, most: 59, fromEnd: false }],
  ['BYSETPOS', { least: 1, most: 366, fromEnd: true }],
]);

/** The parts of a rule that are served, in the order of RFC 5545. */
const served = ['FREQ', 'UNTIL', 'COUNT', 'INTERVAL', 'BYMINUTE', 'BYHOUR', 'BYDAY', 'BYMONTHDAY'].concat([
  'BYYEARDAY',
  'BYWEEKNO',
  'BYMONTH',
  'BYSETPOS',
  'WKST',
]);

type Parts = ReadonlyMap<string, string>;

/**
 * Describes what is wrong with a recurrence rule, as the rest of a sentence about it; undefined when it can be followed.
 * The rule has the form of the schema: FREQ first, then parts as NAME=VALUE.
 *
 * @see https://www.rfc-editor.org/rfc/rfc5545#section-3.3.10
 */
export function describeRuleFault(rule: string): string | undefined {
  const stated = rule.split(';').map(part => part.split('=', 2));
  const names = stated.map(([name = '']) => name);
  const unknown = names.find(name => !served.includes(name));
  if (unknown === 'BYSECOND') return 'must not have BYSECOND: every sale starts at the second of startTime';
  if (unknown !== undefined) return `has the part ${unknown}, which is not one of ${served.join(', ')}`;
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) return `must state ${twice} once`;
  const parts: Parts = new Map(stated.map(([name = '', value = '']) => [name, value]));
  return faultOfEnd(parts) ?? faultOfLists(parts) ?? faultOfKinds(parts) ?? faultOfStarts(parts);
}

/** Returns the value of UNTIL; undefined where the rule has none. */
export function untilOf(rule: string): string | undefined {
  return /;UNTIL=([^;]*)/.exec(rule)?.[1];
}

/** Whether a rule goes on without an end. */
export function isEndless(rule: string): boolean {
  return !/;(COUNT|UNTIL)=/.test(rule);
}

function faultOfEnd(parts: Parts): string | undefined {
  const [count, until, interval] = ['COUNT', 'UNTIL', 'INTERVAL'].map(name => parts.get(name));
  if (count !== undefined && until !== undefined) return 'must not have both COUNT and UNTIL';
  if (count !== undefined && !isWithin(count, 1, mostCounted)) {
    return `must have a COUNT of 1 to ${mostCounted}, got ${count}; leave it out for a rule without an end`;
  }
  if (interval !== undefined && !isWithin(interval, 1, 1000)) {
    return `must have an INTERVAL of 1 to 1000, got ${interval}`;
  }
  return until === undefined || isUntil(until)
    ? undefined
    : `must have an UNTIL as 20261225 (the whole day, in timeZone) or 20261225T170000Z (UTC), got ${until}`;
}

function faultOfLists(parts: Parts): string | undefined {
  for (const [name, value] of parts) {
    const range = ranges.get(name);
    if (range === undefined) continue;
    const { least, most, fromEnd } = range;
    const isGood = (text: string) =>
      isWithin(text.replace(/^\+/, ''), least, most) || (fromEnd && isWithin(text.replace(/^-/, ''), least, most));
    const bad = value.split(',').find(text => !isGood(text));
    if (bad !== undefined) {
      return `must have numbers of ${least} to ${most}${fromEnd ? ', or as many from the end,' : ''} in ${name}, got ${bad}`;
    }
  }
  const badDay = parts
    .get('BYDAY')
    ?.split(',')
    .find(text => !byDayPattern.test(text));
  if (badDay !== undefined) return `must have days as FR, 2FR or -1FR in BYDAY, got ${badDay}`;
  const wkst = parts.get('WKST');
  return wkst === undefined || new RegExp(`^(${weekdays})$`).test(wkst)
    ? undefined
    : `must have a day as MO in WKST, got ${wkst}`;
}

/** Parts that RFC 5545 forbids together. */
function faultOfKinds(parts: Parts): string | undefined {
  const freq = parts.get('FREQ') ?? '';
  const has = (name: string) => parts.has(name);
  if (has('BYWEEKNO') && freq !== 'YEARLY') return `must not have BYWEEKNO with FREQ=${freq}: only with YEARLY`;
  if (has('BYYEARDAY') && freq !== 'YEARLY') return `must not have BYYEARDAY with FREQ=${freq}: only with YEARLY`;
  if (has('BYMONTHDAY') && freq === 'WEEKLY') return 'must not have BYMONTHDAY with FREQ=WEEKLY';
  const isNth = /\d/.test(parts.get('BYDAY') ?? '');
  if (isNth && (freq === 'DAILY' || freq === 'WEEKLY')) {
    return `must have plain days in BYDAY with FREQ=${freq}: 2FR and -1FR are of MONTHLY and YEARLY`;
  }
  if (isNth && has('BYWEEKNO')) return 'must have plain days in BYDAY beside BYWEEKNO';
  const selects = [...parts.keys()].some(name => name.startsWith('BY') && name !== 'BYSETPOS');
  return has('BYSETPOS') && !selects ? 'must have another BY part for BYSETPOS to select from' : undefined;
}

function faultOfStarts(parts: Parts): string | undefined {
  const count = (name: string) => new Set(parts.get(name)?.split(',') ?? ['']).size;
  const starts = count('BYHOUR') * count('BYMINUTE');
  return starts <= mostStartsPerDay
    ? undefined
    : `gives ${starts} starts a day by BYHOUR and BYMINUTE; at most ${mostStartsPerDay} are served`;
}

function isWithin(text: string, least: number, most: number): boolean {
  return /^\d{1,10}$/.test(text) && Number(text) >= least && Number(text) <= most;
}

function isUntil(text: string): boolean {
  const [, year, month, day] = untilPattern.exec(text) ?? [];
  const date = new Date(`${year}-${month}-${day}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.getUTCDate() === Number(day);
}
