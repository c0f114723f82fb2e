import { z } from 'zod';
import { areDistinct, zone } from '../field.ts';
import { describeRuleFault } from './recurrence-rule.ts';

/** A date of a calendar. */
const date = z
  .string()
  .max(10)
  .regex(/^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/, 'must be a date as 2026-12-25')
  .refine(isDate, 'must be a day that exists');

/** A rule of RFC 5545 that gives days: without a time of day. */
const dayRule = z
  .string()
  .max(512)
  .regex(
    /^FREQ=(WEEKLY|MONTHLY|YEARLY)(;[A-Z]+=[A-Z0-9,+-]+)*$/,
    'must begin with FREQ=WEEKLY, MONTHLY or YEARLY and go on as ;BYMONTH=12;BYMONTHDAY=25,26',
  )
  .refine(rule => !/;BY(HOUR|MINUTE)=/.test(rule), 'must not have BYHOUR or BYMINUTE: a calendar has days')
  .superRefine((rule, context) => {
    const fault = describeRuleFault(rule);
    if (fault !== undefined) context.addIssue({ code: 'custom', message: fault });
  });

/** A day of a shop's calendar that is unlike others of its weekday: one date, or the days that a rule gives. */
const calendarDay = z
  .strictObject({ name: z.string().min(1).max(63), date: date.optional(), rule: dayRule.optional() })
  .refine(day => (day.date === undefined) !== (day.rule === undefined), 'must have either date or rule');

/** What the demand of a namespace has in common: the zone of its days, and its holidays. */
export const demandDefaultsSchema = z.strictObject({
  /** @default UTC */
  timeZone: zone.optional(),
  calendar: z
    .array(calendarDay)
    .max(200)
    .refine(days => areDistinct(days.map(day => day.name)), 'must not name a day twice')
    .optional(),
});

export type CalendarDay = z.infer<typeof calendarDay>;

function isDate(text: string): boolean {
  return new Date(`${text}T00:00:00Z`).toJSON()?.slice(0, 10) === text;
}
