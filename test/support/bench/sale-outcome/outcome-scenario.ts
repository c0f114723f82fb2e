import { createDemand, type Demand } from '../../../../src/simulate/call-graph.ts';
import { ordinaryDemand, type StatedService, simulateServices } from '../../../../src/simulate/marketplace.ts';
import { createRandom } from '../../../../src/simulate/random.ts';
import type { SimulatedService } from '../../../../src/simulate/service.ts';
import { createTraffic, type TrafficSale } from '../../../../src/simulate/traffic.ts';

/** A shop before one announced sale, with the traffic that will really come. */
export interface OutcomeScenario {
  readonly seed: number;
  readonly services: readonly SimulatedService[];
  readonly demand: Demand;
  readonly sale: DrawnSale;
  /** Oldest first. */
  readonly pastSales: readonly DrawnSale[];
  /** Pods beside the ordinary ones for which there is room without a new node; absent where there is always room. */
  readonly room?: { readonly times: number; readonly nodeSeconds: number };
  /** Seconds that a raise takes at most, as an SRE would state them. */
  readonly leadTimeSeconds: number;
}

/** A sale as it was announced, and as it turned out. */
export interface DrawnSale {
  /** Epoch ms. */
  readonly start: number;
  readonly end: number;
  readonly statedPercent: number;
  readonly actual: TrafficSale;
}

/** Three services of crds/examples: the entry, what most visitors see, and where they pay. */
export const outcomeShop: readonly (StatedService & { readonly tier: 'Critical' | 'Standard' })[] = [
  {
    name: 'gateway',
    capacityPerReplica: 60,
    p95Milliseconds: 200,
    entryPoint: true,
    minReplicas: 6,
    tier: 'Critical',
    calls: [
      { target: 'storefront', perThousandRequests: 700 },
      { target: 'checkout', perThousandRequests: 25 },
    ],
  },
  {
    name: 'storefront',
    capacityPerReplica: 30,
    p95Milliseconds: 200,
    entryPoint: false,
    minReplicas: 8,
    tier: 'Critical',
    calls: [],
  },
  {
    name: 'checkout',
    capacityPerReplica: 4.5,
    p95Milliseconds: 500,
    entryPoint: false,
    minReplicas: 4,
    tier: 'Critical',
    calls: [],
  },
];

const minuteMs = 60_000;
const dayMs = 86_400_000;
const saleMs = 2 * 3_600_000;
/** The sale begins at 20:00 in Berlin. */
const start = Date.parse('2026-11-27T19:00:00Z');
/** The oldest sample of the history, epoch ms. */
export const historyStart = start - 22 * dayMs;
const daysBefore = [21, 14, 10, 7];
const multiples = [3, 10, 30];
const podSeconds = [10, 30, 90, 180];
/** Spread of a statement around what comes, as the logarithm of a ratio. */
const statementSpread = 0.12;

/**
 * Draws the shop of one seed. Multiples (×3, ×10, ×30), pods (ready after 10, 30, 90 or 180 s at the median) and the wait
 * for nodes take turns from seed to seed, so that each combination comes once in 24; all else is drawn.
 */
export function drawOutcomeScenario(seed: number): OutcomeScenario {
  const random = createRandom(seed, 'outcome');
  const multiple = multiples[seed % 3] ?? 3;
  const median = podSeconds[Math.floor(seed / 3) % 4] ?? 30;
  const waits = Math.floor(seed / 12) % 2 === 1;
  const services = simulateServices(outcomeShop, seed).map(service => ({
    ...service,
    startSeconds: { least: 0.8 * median, most: 1.6 * median },
  }));
  const pastSales = daysBefore.map(days =>
    drawSaleAt(start - days * dayMs, multiple * random.between(0.6, 1.1), random),
  );
  const sale = drawSaleAt(start, multiple, random);
  const traffic = createTraffic({
    seed,
    meanPerSecond: ordinaryDemand(outcomeShop),
    utcOffsetMs: 3_600_000,
    since: historyStart,
    sales: [...pastSales, sale].map(({ actual }) => actual),
  });
  const nodeSeconds = random.between(60, 120);
  return {
    seed,
    services,
    demand: createDemand(services, traffic, seed),
    sale,
    pastSales,
    ...(waits ? { room: { times: 2, nodeSeconds } } : {}),
    leadTimeSeconds: Math.ceil(1.6 * median + (waits ? 120 : 0)),
  };
}

/** The demand of [from, until) by the minute, as a scraper would measure it. */
export function measured({ demand }: OutcomeScenario, service: string, from: number, until: number) {
  const start = Math.ceil(from / minuteMs) * minuteMs;
  const steps = Math.max(0, Math.floor((until - start) / minuteMs));
  return {
    start,
    stepSeconds: 60,
    values: Array.from({ length: steps }, (_, step) => demand.at(service, start + (step + 0.5) * minuteMs)),
  };
}

function drawSaleAt(at: number, multiple: number, random: ReturnType<typeof createRandom>): DrawnSale {
  const stated = Math.max(1.5, multiple);
  return {
    start: at,
    end: at + saleMs,
    statedPercent: Math.round(100 * stated),
    actual: {
      start: at,
      end: at + saleMs,
      peakRatio: Math.max(1.2, stated * Math.exp(statementSpread * random.normal())),
      rampSeconds: Math.max(1, random.between(0, 600)),
      decaySeconds: random.between(1200, 2100),
      plateauShare: random.between(0.35, 0.5),
    },
  };
}
