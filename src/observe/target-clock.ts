import type { FitContext, ShopClock } from '../../forecasts/index.ts';
import type { ScalingPolicySpec } from '../api/scaling-policy.ts';
import type { ScalingTargetSpec } from '../api/scaling-target.ts';
import { proposableClocks, shopClock, type ZoneClock } from '../recurrence/shop-clock.ts';

const dayMs = 86_400_000;
/** Days ahead that a forecast may reach. */
const aheadDays = 366;

/**
 * The clock whose days a target's demand follows, from the first day of its history to a year ahead: the zone that the
 * target states, else that of the policy, else UTC; and the policy's calendar. Undefined where none of them is stated.
 */
export function targetClock(
  { demand }: Pick<ScalingTargetSpec, 'demand'>,
  { demandDefaults }: Pick<ScalingPolicySpec, 'demandDefaults'>,
  now: number,
): ZoneClock | undefined {
  const timeZone = demand.timeZone ?? demandDefaults?.timeZone;
  const years = { from: now - demand.historyDays * dayMs, until: now + aheadDays * dayMs };
  return shopClock({ timeZone, calendar: demandDefaults?.calendar }, years);
}

/** What a fit counts its days by: the clock, or where none is stated those of which one may be proposed. */
export function historyDaysOf(
  clock: ShopClock | undefined,
  { now, historyDays }: { readonly now: number; readonly historyDays: number },
): Pick<FitContext, 'clock' | 'proposable'> {
  if (clock !== undefined) return { clock };
  return { proposable: proposableClocks({ from: now - historyDays * dayMs, until: now }) };
}
