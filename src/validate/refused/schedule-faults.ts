import { z } from 'zod';
import { isTimeZone } from '../../api/instant.ts';
import { isFilledIn } from '../../manifests/filled-in.ts';
import type { ManifestObject } from '../../manifests/manifest-object.ts';
import type { RefusedValue } from './refused-value.ts';

const cronJobSchema = z.looseObject({
  apiVersion: z.literal('batch/v1'),
  kind: z.literal('CronJob'),
  spec: z.looseObject({ schedule: z.string(), timeZone: z.string().nullish() }),
});

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const weekdays = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];

interface ScheduleField {
  readonly name: string;
  readonly least: number;
  readonly most: number;
  readonly words: readonly string[];
}

/** The five fields of a schedule, with the words that stand for numbers from `least` on. */
const fields: readonly ScheduleField[] = [
  { name: 'minute', least: 0, most: 59, words: [] },
  { name: 'hour', least: 0, most: 23, words: [] },
  { name: 'day of the month', least: 1, most: 31, words: [] },
  { name: 'month', least: 1, most: 12, words: months },
  { name: 'day of the week', least: 0, most: 6, words: weekdays },
];

/** Names of schedules instead of their fields. */
const named = /^@(yearly|annually|monthly|weekly|daily|midnight|hourly|every \d[\dhms.]*)$/;

/**
 * Finds a schedule of a CronJob that is none, and a time zone that there is not.
 *
 * @see https://github.com/robfig/cron/blob/v3.0.1/parser.go
 */
export function scheduleFaults({ value }: ManifestObject): readonly RefusedValue[] {
  const spec = cronJobSchema.safeParse(value).data?.spec;
  if (spec === undefined) return [];
  const { schedule, timeZone } = spec;
  const fault = isFilledIn(schedule) ? undefined : scheduleFault(schedule.trim());
  const isZone = timeZone == null || isFilledIn(timeZone) || (timeZone !== 'Local' && isTimeZone(timeZone));
  return [
    ...(fault === undefined ? [] : [{ field: ['spec', 'schedule'], message: `schedule ${schedule}: ${fault}` }]),
    ...(isZone ? [] : [{ field: ['spec', 'timeZone'], message: `${timeZone} is no time zone, such as Europe/Berlin` }]),
  ];
}

function scheduleFault(schedule: string): string | undefined {
  if (/^(CRON_)?TZ=/.test(schedule)) return 'a time zone belongs into spec.timeZone';
  if (schedule.startsWith('@')) {
    return named.test(schedule) ? undefined : 'there is no such name; write @daily or the five fields';
  }
  const stated = schedule.split(/\s+/);
  if (stated.length !== fields.length) {
    return `${stated.length} fields; it has five: minute, hour, day of the month, month, day of the week`;
  }
  return fields.flatMap((field, index) => (stated[index] ?? '').split(',').flatMap(each => itemFault(each, field)))[0];
}

function itemFault(item: string, { name, least, most, words }: ScheduleField): readonly string[] {
  const none = [`${item} is no ${name}: from ${least} to ${most}`];
  const [range = '', step, ...more] = item.split('/');
  const [first = '', last, ...others] = range.split('-');
  if (more.length > 0 || others.length > 0 || (step !== undefined && !/^0*[1-9]\d*$/.test(step))) return none;
  if (range === '*' || range === '?') return [];
  const numberOf = (word: string) => {
    const index = words.indexOf(word.toLowerCase());
    if (index >= 0) return index + least;
    return /^\d+$/.test(word) ? Number(word) : Number.NaN;
  };
  const [from, to] = [numberOf(first), numberOf(last ?? first)];
  return from >= least && to <= most && from <= to ? [] : none;
}
