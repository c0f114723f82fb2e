import { type DemandHistory, type HistoricSale, type HistoryAsk, stepSeconds, withPeak } from './demand-history.ts';

const minuteMs = 60_000;
const dayMs = 1440 * minuteMs;
const saleMinutes = 9;

/**
 * Makes up a history for when the real log is absent: a shop with a daily wave and a nine-minute sale at the same hour
 * every second day, each rising to four or five times the ordinary level with its peak after two thirds. Deterministic,
 * without noise; it tests the machinery, not the forecast.
 */
export function madeUpHistory({ t0, days = 28, minutesAfter = 90 }: HistoryAsk): DemandHistory {
  const start = t0 - days * dayMs;
  const pastSales = Array.from({ length: Math.floor((days - 1) / 2) }, (_, i) =>
    toSale(t0 - 2 * (i + 1) * dayMs),
  ).reverse();
  const sale = toSale(t0);
  const sales = [...pastSales, sale];
  const steps = Math.round((t0 + minutesAfter * minuteMs - start) / (stepSeconds * 1000));
  const values = Array.from({ length: steps }, (_, i) => demandAt(start + i * stepSeconds * 1000, t0, sales));
  const demand = { start, stepSeconds, values };
  return {
    origin: 'made-up traffic',
    demand,
    sale: withPeak(sale, demand),
    pastSales: pastSales.map(past => withPeak(past, demand)),
  };
}

function demandAt(instant: number, t0: number, sales: readonly HistoricSale[]): number {
  const base = 400 - 250 * Math.cos((2 * Math.PI * (instant - t0)) / dayMs + 2);
  const sale = sales.find(({ start, end }) => start <= instant && instant < end);
  if (sale === undefined) return base;
  const progress = (instant - sale.start) / (sale.end - sale.start);
  const height = 3.5 + ((sale.start / dayMs) % 3) / 3;
  return base * (1 + height * Math.exp(-(((progress - 0.66) / 0.3) ** 2)));
}

function toSale(start: number): HistoricSale {
  const name = `sale-${new Date(start).toISOString().slice(0, 10)}`;
  return { name, start, end: start + saleMinutes * minuteMs };
}
