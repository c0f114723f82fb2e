import { type Years, type ZoneOffset, zoneOffsets } from './zone-offsets.ts';

/** The clock of a shop, as the forecasting library takes it. */
export interface ShopClock {
  readonly timeZone: string;
  readonly offsets: readonly ZoneOffset[];
}

/** The clock of a zone for the years of a span. @throws RangeError when the zone is unknown */
export function shopClock(timeZone: string, years: Years): ShopClock {
  return { timeZone, offsets: timeZone === 'UTC' ? [] : zoneOffsets(timeZone, years) };
}

/** Zones whose clocks are changed by the rules that most shops live with, one for each rule. */
const proposableZones = ['Europe/Berlin', 'America/New_York', 'Australia/Sydney', 'Pacific/Auckland'];

/** The clocks of which one is proposed, where a history in UTC followed its change. */
export function proposableClocks(years: Years): readonly ShopClock[] {
  return proposableZones.map(timeZone => shopClock(timeZone, years));
}
