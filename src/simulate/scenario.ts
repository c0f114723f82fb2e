import { createDemand, type Demand } from './call-graph.ts';
import { ordinaryDemand, type StatedService, simulateServices } from './marketplace.ts';
import { createRandom } from './random.ts';
import type { SimulatedService } from './service.ts';
import { createTraffic, drawSale, type TrafficSale } from './traffic.ts';

/** A sale as it was announced. */
export interface AnnouncedSale {
  /** Epoch ms. */
  readonly start: number;
  /** Epoch ms, exclusive. */
  readonly end: number;
  readonly peakRatio: number;
}

/** A simulated marketplace with its past, its coming sale and the traffic that will really come. */
export interface Scenario {
  readonly seed: number;
  /** The start of the history, epoch ms. */
  readonly historyStart: number;
  readonly services: readonly SimulatedService[];
  readonly demand: Demand;
  readonly sale: SimulatedSale;
  /** Oldest first. */
  readonly pastSales: readonly SimulatedSale[];
  /** A time without samples, since real histories have gaps. Epoch ms. */
  readonly outage: { readonly start: number; readonly end: number };
}

export interface SimulatedSale {
  readonly announced: AnnouncedSale;
  /** The traffic that the sale really brings. */
  readonly actual: TrafficSale;
}

export interface ScenarioOptions {
  readonly seed: number;
  readonly stated: readonly StatedService[];
  readonly sale: AnnouncedSale;
  /** Local time − UTC. */
  readonly utcOffsetMs: number;
}

const dayMs = 86_400_000;
const historyDays = 28;
/** Past sales: days before the sale, hours of the day relative to it, and the peak that was stated. */
const past = [
  { days: 21, hours: 0, peakRatio: 5 },
  { days: 14, hours: 0, peakRatio: 9 },
  { days: 10, hours: -1, peakRatio: 6 },
  { days: 7, hours: 0, peakRatio: 7 },
];

/** Draws a scenario: the same options give the same marketplace and the same traffic. */
export function createScenario({ seed, stated, sale, utcOffsetMs }: ScenarioOptions): Scenario {
  const historyStart = sale.start - historyDays * dayMs;
  const lengthMs = sale.end - sale.start;
  const pastSales = past.map(({ days, hours, peakRatio }) => {
    const start = sale.start - days * dayMs + hours * 3_600_000;
    return simulateSale(seed, { start, end: start + lengthMs, peakRatio });
  });
  const coming = simulateSale(seed, sale);
  const services = simulateServices(stated, seed);
  const traffic = createTraffic({
    seed,
    meanPerSecond: ordinaryDemand(stated),
    utcOffsetMs,
    since: historyStart,
    sales: [...pastSales, coming].map(one => one.actual),
  });
  const random = createRandom(seed, 'outage');
  const outageStart = sale.start - random.between(11, 13) * dayMs;
  return {
    seed,
    historyStart,
    services,
    demand: createDemand(services, traffic, seed),
    sale: coming,
    pastSales,
    outage: { start: outageStart, end: outageStart + random.between(5, 15) * 60_000 },
  };
}

function simulateSale(seed: number, announced: AnnouncedSale): SimulatedSale {
  return { announced, actual: drawSale(seed, announced) };
}
