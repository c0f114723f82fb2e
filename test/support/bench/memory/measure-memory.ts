/** A process that measures what samples, models and SalePlans take, and tells it to its parent. */
import { fitDemand } from '../../../../forecasts/index.ts';
import { createDemandHistory } from '../../../../src/observe/demand-history.ts';
import { mostKept } from '../../../../src/operator/forecasting/kept-models.ts';
import { forecastLevels } from '../../../../src/plan/demand/levels.ts';
import { madeUpDemand, monday } from '../../demand/made-up-demand.ts';
import { madeUpSource, shopDemand } from '../../shop/sandbox-shop.ts';
import { largestSalePlan } from './largest-sale-plan.ts';

/** What was measured; MB are 10⁶ bytes. */
export interface MemoryFigures {
  readonly targetMb: number;
  readonly sampleBytes: number;
  readonly modelMb: number;
  readonly mostModels: number;
  readonly salePlanKb: number;
}

const days = 28;
const dayMs = 86_400_000;
const hourMs = 3_600_000;
const targets = 200;
const models = 20;

/** Bytes of the heap and of all arrays after a full collection. */
function usedBytes(): number {
  for (let round = 0; round < 4; round += 1) globalThis.gc?.();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}

async function targetBytes(): Promise<number> {
  const history = createDemandHistory({ prometheus: madeUpSource(shopDemand([])) });
  const now = monday + days * dayMs;
  const observe = (name: string) =>
    history.observe({ source: 'prometheus', query: name, stepSeconds: 60, historyDays: days }, now);
  await observe('warm-up');
  const before = usedBytes();
  for (let target = 0; target < targets; target += 1) await observe(`service-${target}`);
  const bytes = (usedBytes() - before) / targets;
  return history.size > targets ? bytes : Number.NaN;
}

function modelBytes(): number {
  const fittedAt = monday + days * dayMs;
  const sale = (id: string, start: number) => ({ id, start, end: start + hourMs, statedPeakRatio: 6, features: {} });
  const past = Array.from({ length: 40 }, (_, n) => sale(`past-${n}`, monday + (n + 0.5) * 16 * hourMs));
  const fit = () => {
    const model = fitDemand(madeUpDemand({ days }), { now: fittedAt, events: past });
    const from = fittedAt + 6 * hourMs;
    model.predict({ from, steps: 120, levels: forecastLevels, events: [sale('next', from)] });
    return model;
  };
  fit();
  const before = usedBytes();
  const kept = Array.from({ length: models }, fit);
  const bytes = (usedBytes() - before) / models;
  return kept.every(({ fittedAt: at }) => at === fittedAt) ? bytes : Number.NaN;
}

const bytes = await targetBytes();
const figures: MemoryFigures = {
  targetMb: bytes / 1e6,
  sampleBytes: bytes / ((days + 0.5) * 1440),
  modelMb: modelBytes() / 1e6,
  mostModels: mostKept,
  salePlanKb: JSON.stringify(largestSalePlan(100)).length / 1000,
};
process.send?.(figures, () => process.disconnect?.());
