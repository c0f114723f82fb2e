import type { FlashSaleSpec } from '../api/flash-sale.ts';
import { formatInZone, parseInstant } from '../api/instant.ts';
import type { ScalingPolicySpec } from '../api/scaling-policy.ts';
import type { ManifestObject } from '../manifests/manifest-object.ts';
import { flashSalesOf, scalingPoliciesOf } from '../manifests/our-objects.ts';
import { expandRule } from '../recurrence/expand-rule.ts';
import { listDates } from '../recurrence/list-dates.ts';
import { isRecurring } from '../recurrence/series-dates.ts';
import { calendarFaults } from '../recurrence/shop-clock.ts';
import type { Remark, Rule } from './finding.ts';

const dayMs = 86_400_000;

/** The years in which each rule of a calendar must give a day. */
const calendarYears = { from: Date.UTC(2001, 0), until: Date.UTC(2099, 11) };

/**
 * Checks that the rule of each recurring sale and of each day of a calendar can be followed, and that each of a sale's
 * `exceptDates` skips something.
 */
export const checkRecurrence: Rule = {
  code: 'recurrence',
  check: objects => [
    ...flashSalesOf(objects).flatMap(({ object, sale }) => remarksOn(object, sale.spec)),
    ...scalingPoliciesOf(objects).flatMap(({ object, policy }) => remarksOnCalendar(object, policy.spec)),
  ],
};

function remarksOnCalendar(object: ManifestObject, { demandDefaults }: ScalingPolicySpec): readonly Remark[] {
  return calendarFaults(demandDefaults?.calendar ?? [], calendarYears).map(({ index, message }) => ({
    object,
    field: ['spec', 'demandDefaults', 'calendar', index, 'rule'],
    message,
  }));
}

function remarksOn(object: ManifestObject, spec: FlashSaleSpec): readonly Remark[] {
  if (!isRecurring(spec)) return [];
  const { fault } = listDates(spec, { now: parseInstant(spec.startTime), historyDays: 0 });
  if (fault !== undefined) {
    return [{ object, field: ['spec', 'recurrence', 'rule'], message: `${spec.recurrence.rule} ${fault}` }];
  }
  return (spec.recurrence.exceptDates ?? []).flatMap((date, index): Remark[] => {
    const noon = Date.parse(`${date}T12:00:00Z`);
    const near = expandRule(spec, noon - 2 * dayMs, noon + 2 * dayMs);
    if (near.some(start => formatInZone(start, spec.timeZone).startsWith(date))) return [];
    const message = `${date} skips nothing: the sale has no date on that day in ${spec.timeZone}`;
    return [{ object, field: ['spec', 'recurrence', 'exceptDates', index], severity: 'warning', message }];
  });
}
