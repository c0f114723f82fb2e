import { beforeAll, describe, expect, test } from 'vitest';
import type { DemandHistory, HistoricSale } from '../history/demand-history.ts';
import { madeUpHistory } from '../history/made-up-history.ts';
import { hasWorldCup, worldCupHistory } from '../history/world-cup-history.ts';
import { demandSteps, replicasFor } from '../judge/trace.ts';
import { planScenario } from './plan-scenario.ts';
import {
  ceiling,
  checkout,
  eagerGateway,
  gateway,
  type ScenarioService,
  type statements,
  storefront,
} from './sale-manifests.ts';

const hour = 3_600_000;
const minute = 60_000;
const monday = Date.parse('2026-11-30T00:00:00Z');

/**
 * Starts in every hour of a week, each at another minute, so that the last fit is between ten minutes and six hours
 * old, and the request log falls on other weekdays and hours.
 */
const startsOfAWeek = Array.from({ length: 168 }, (_, i) => monday + i * hour + ((i * 13) % 60) * minute);

/** Made-up traffic differs little by weekday: beside the real log, a fifth of its starts is enough. */
const histories = [
  ['the World Cup 98 log', hasWorldCup(), startsOfAWeek, moveWorldCup],
  [
    'made-up traffic',
    true,
    startsOfAWeek.filter((_, i) => !hasWorldCup() || i % 5 === 0),
    () => (t0: number) => madeUpHistory({ t0 }),
  ],
] as const;

/** Ratio of the plan's floor to the needed one, either way: smaller changes of a forecast do not change a verdict. */
const marginRatio = 1.25;
/** The same for a floor below what comes: past sales know better than a meagre statement, so the margin is small. */
const meagreMarginRatio = 1.05;

describe.each(histories)('the sale of %s', (title, present, starts, open) => {
  const run = test.runIf(present);
  const needs = present ? '' : ` (left out: ${title} needs ../shared/data)`;
  let floors: readonly FloorSeen[] = [];

  beforeAll(() => {
    if (!present) return;
    const historyAt = open();
    floors = starts.flatMap((t0, i) =>
      floorsOf(historyAt(t0), i % 12 === 0 ? [gateway, storefront, checkout] : [gateway]),
    );
  }, 600_000);

  run(`stated generously, its floor covers all that comes, on every weekday and at every hour${needs}`, () => {
    const generous = floors.filter(({ statement }) => statement === 'generous');
    expect(generous.length).toBeGreaterThanOrEqual(starts.length);
    expect(generous.filter(({ floor, needed }) => floor < needed * marginRatio)).toEqual([]);
    expect(generous.filter(({ floor }) => floor >= ceiling)).toEqual([]);
  });

  run(`stated meagrely, its floor is above the baseline and below what comes${needs}`, () => {
    const meagre = floors.filter(({ statement }) => statement === 'meagre');
    expect(meagre.length).toBeGreaterThanOrEqual(starts.length);
    expect(meagre.filter(({ floor, needed }) => floor * meagreMarginRatio > needed)).toEqual([]);
    expect(meagre.filter(({ floor, baseline }) => floor < baseline * marginRatio)).toEqual([]);
  });

  run(`an HPA two minutes late serves what is above the floor, within its own maximum${needs}`, () => {
    const { demand, sale } = open()(monday);
    const { capacityPerReplica, hpaTargetPercent = 40, baseline } = eagerGateway;
    const need = { workload: 'gateway', capacityPerReplica, demand };
    const steps = demandSteps(need, { start: sale.start - 5 * minute, end: sale.end });
    const inSale = steps.filter(({ start }) => start >= sale.start);
    const wanted = ({ start }: { readonly start: number }) => {
      // The metric is the mean of a minute, and that minute ended over two minutes ago.
      const known = steps.filter(step => step.end <= start - 2 * minute && step.start >= start - 3 * minute);
      const mean = known.reduce((sum, step) => sum + step.demand, 0) / known.length;
      return Math.ceil(mean / (capacityPerReplica * (hpaTargetPercent / 100)));
    };
    expect(inSale).toHaveLength(36);
    expect(inSale.filter(step => wanted(step) < step.demand / capacityPerReplica)).toEqual([]);
    const most = Math.max(...inSale.map(step => replicasFor(step.demand, capacityPerReplica)));
    expect(baseline.maxReplicas).toBeGreaterThan(most * marginRatio);
  });
});

test.runIf(hasWorldCup())('a history that was moved is the history of its new start (needs ../shared/data)', () => {
  const t0 = startsOfAWeek[100] ?? 0;
  expect(moveWorldCup()(t0)).toEqual(worldCupHistory({ t0 }));
});

/** The floor planned for one service at one start. */
interface FloorSeen {
  readonly start: string;
  readonly service: string;
  readonly statement: keyof typeof statements;
  readonly floor: number;
  /** Replicas at the highest step of the actual demand. */
  readonly needed: number;
  readonly baseline: number;
}

function floorsOf(history: DemandHistory, services: readonly ScenarioService[]): readonly FloorSeen[] {
  const { sale, demand } = history;
  const steps = demandSteps({ workload: '', capacityPerReplica: 1, demand }, sale);
  const peak = Math.max(...steps.map(step => step.demand));
  // Stated meagrely, the suite's shop has the gateway without headroom alone.
  const shops = { generous: services, meagre: [eagerGateway] } as const;
  return (['generous', 'meagre'] as const).flatMap(statement => {
    const planned = planScenario({ history, services: shops[statement] });
    return shops[statement].map(({ name, share, capacityPerReplica, baseline }) => ({
      start: new Date(sale.start).toUTCString(),
      service: name,
      statement,
      floor: planned[statement].find(({ target }) => target === name)?.steps[0]?.minReplicas ?? Number.NaN,
      needed: replicasFor(peak * share, capacityPerReplica),
      baseline: baseline.minReplicas,
    }));
  });
}

/** Reads the request log once; another kick-off only moves it. */
function moveWorldCup(): (t0: number) => DemandHistory {
  const { origin, demand, sale, pastSales } = worldCupHistory({ t0: monday });
  return t0 => {
    const move = <T extends HistoricSale>(one: T): T => ({
      ...one,
      start: one.start + t0 - monday,
      end: one.end + t0 - monday,
    });
    const there = new Date(t0).toISOString();
    return {
      origin: origin.replace(new Date(monday).toISOString(), there),
      demand: { ...demand, start: demand.start + t0 - monday },
      sale: move(sale),
      pastSales: pastSales.map(move),
    };
  };
}
