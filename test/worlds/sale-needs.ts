import type { GivenSale } from '../support/shop/given-sales.ts';
import type { Given } from '../support/shop/planned-namespace.ts';

/**
 * What sales bring, reckoned from what the world states and from nothing that the planner has computed: visitors enter
 * at the entry points and are passed on along the calls. It is the least that a plan may count; nothing here rounds up.
 */

/** Demand of a target at an instant (epoch ms), in requests per second: the median, with all sales that run. */
export function demandAt(given: Given, target: string, at: number): number {
  return ordinaryAt(given, target, at) + addedAt(given, target, at, given.sales ?? []);
}

/** What the given sales together add to a target; of those with the same visitors the largest. */
export function addedAt(given: Given, target: string, at: number, sales: readonly GivenSale[]): number {
  const alone: number[] = [];
  const groups = new Map<unknown, number>();
  for (const sale of sales) {
    const added = addedBy(given, sale, target, at);
    const group = sale.audienceGroup;
    if (group === undefined) alone.push(added);
    else groups.set(group, Math.max(groups.get(group) ?? 0, added));
  }
  return [...alone, ...groups.values()].reduce((sum, added) => sum + added, 0);
}

/** Demand without any sale. */
export function ordinaryAt(given: Given, target: string, at: number): number {
  const { forecast = 20, night = 1 } = given.targets[target] ?? {};
  return typeof forecast === 'number' ? forecast * daylight(at, night) : 0;
}

/** What one sale adds to a target; calls that go in a circle pass nothing on. */
export function addedBy(
  given: Given,
  sale: GivenSale,
  target: string,
  at: number,
  behind: readonly string[] = [],
): number {
  if (!(Date.parse(sale.startTime) <= at && at < Date.parse(sale.endTime)) || behind.includes(target)) return 0;
  if (enters(given, sale).includes(target)) return ownModel(given, sale, target, at);
  let byCalls = 0;
  for (const { caller, perRequest } of callersOf(given, target))
    byCalls += addedBy(given, sale, caller, at, [...behind, target]) * perRequest;
  if (byCalls === 0) return 0;
  return (given.targets[target]?.pastSales ?? 0) >= 3 ? Math.max(byCalls, ownModel(given, sale, target, at)) : byCalls;
}

interface Caller {
  readonly caller: string;
  readonly perRequest: number;
}

const callers = new WeakMap<Given['targets'], Map<string, readonly Caller[]>>();

function callersOf({ targets }: Given, target: string): readonly Caller[] {
  const kept = callers.get(targets) ?? new Map<string, readonly Caller[]>();
  callers.set(targets, kept);
  const found =
    kept.get(target) ??
    Object.entries(targets).flatMap(([caller, one]) => {
      const calls = (one?.spec?.calls as { target: string; perThousandRequests: number }[] | undefined) ?? [];
      const call = calls.find(({ target: callee }) => callee === target);
      return call === undefined ? [] : [{ caller, perRequest: call.perThousandRequests / 1000 }];
    });
  kept.set(target, found);
  return found;
}

/** Targets where visitors enter. */
export function enters(given: Given, { entryPoints }: GivenSale): readonly string[] {
  if (Array.isArray(entryPoints)) return entryPoints;
  return Object.entries(given.targets).flatMap(([name, one]) => (one?.spec?.entryPoint === true ? [name] : []));
}

function ownModel(given: Given, sale: GivenSale, target: string, at: number): number {
  const { forecast = 20, adds, night = 1 } = given.targets[target] ?? {};
  if (typeof forecast !== 'number') return 0;
  const stated = sale.expectedPeakPercent;
  const peak = adds?.[sale.name] ?? forecast * ((typeof stated === 'number' ? stated : 100) / 100 - 1);
  return peak * shareOfPeak(sale, at) * daylight(at, night);
}

/** Half of the peak at the start, all of it after a third, a fifth at the end. */
function shareOfPeak({ startTime, endTime }: GivenSale, at: number): number {
  const [start, end] = [Date.parse(startTime), Date.parse(endTime)];
  if (!(start <= at && at < end)) return 0;
  const share = (at - start) / (end - start);
  return share < 1 / 3 ? 0.5 + 1.5 * share : 1.4 - 1.2 * share;
}

function daylight(at: number, night: number): number {
  const hours = (at / 3_600_000) % 24;
  return night + ((1 - night) * (1 + Math.cos(((hours - 16) * Math.PI) / 12))) / 2;
}
