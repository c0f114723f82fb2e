import { elasticSpeedup } from '../../src/simulate/elasticity.ts';
import { judgeOutcome, type Outcome } from '../../src/simulate/outcome.ts';
import type { BenchmarkTable, RunBenchmark } from '../support/bench/benchmark.ts';
import { ceiling, createHeadstart } from '../support/bench/sale-outcome/headstart-bounds.ts';
import { type Excess, judgeExcess } from '../support/bench/sale-outcome/judge-excess.ts';
import {
  drawOutcomeScenario,
  type OutcomeScenario,
  outcomeShop,
} from '../support/bench/sale-outcome/outcome-scenario.ts';
import { type DecideBounds, type FleetBounds, runFleet } from '../support/bench/sale-outcome/run-fleet.ts';

/** Seeds for development, which judge nothing, and those that judge; `SEEDS=20` runs fewer. */
const developmentSeeds = 20;
const allSeeds = Number(process.env.SEEDS ?? 200);
const minuteMs = 60_000;
const runUpMs = 40 * minuteMs;

/**
 * Announced sales on made-up shops, each on the same traffic under the HPA alone, a schedule of the stated multiple, and
 * Headstart: seconds over the objective, replica-hours within the sale beside an oracle's, and where the excess comes from.
 */
export const run: RunBenchmark = () => {
  const judged: JudgedSale[] = [];
  for (let seed = 1; seed <= allSeeds; seed++) {
    const sale = judgeSale(drawOutcomeScenario(seed));
    if (seed > developmentSeeds || allSeeds <= developmentSeeds) judged.push(sale);
  }
  return {
    settings: [
      `${judged.length} shops (seeds ${allSeeds <= developmentSeeds ? 1 : developmentSeeds + 1} to ${allSeeds}; 1 to ${developmentSeeds} are for development) of three services; sales of two hours, ×3, ×10 and ×30, up to the peak in 0 to 600 s`,
      'pods ready after about 10, 30, 90 or 180 s, in every other dozen after a wait for nodes of 60 to 120 s for those above twice the ordinary ones; four past sales, of 60 to 110 % of the multiple; statements off by 12 % (one deviation)',
      'HPAs by the controller’s own algorithm at 70 % of what saturates a replica, a ceiling that never binds; Headstart plans as the operator does, every minute up to 20 minutes into the sale, then every five',
      'the schedule asks for the stated multiple of the ordinary replicas from 15 minutes before the sale to its end',
      'all figures are within the sale; the oracle knows every second and holds the highest need of the rest',
    ],
    tables: [outcomeTable(judged), excessTable(judged), ...groupTables(judged)],
    skipped: [],
  };
};

interface JudgedSale {
  readonly scenario: OutcomeScenario;
  readonly multiple: number;
  readonly hpaAlone: Outcome;
  readonly schedule: Outcome;
  readonly headstart: Outcome;
  readonly excess: Excess;
}

function judgeSale(scenario: OutcomeScenario): JudgedSale {
  const { sale, services, demand } = scenario;
  const span = { from: sale.start - runUpMs, until: sale.end };
  const judge = (ready: ReturnType<typeof runFleet>['ready']) =>
    judgeOutcome({ services, demand, ready, from: sale.start, until: sale.end });
  const headstart = createHeadstart(scenario);
  const own = runFleet(scenario, span, headstart.decide);
  return {
    scenario,
    multiple: [3, 10, 30][scenario.seed % 3] ?? 3,
    hpaAlone: judge(runFleet(scenario, span, () => baselines).ready),
    schedule: judge(runFleet(scenario, span, scheduleOf(scenario)).ready),
    headstart: judge(own.ready),
    excess: judgeExcess(scenario, own, headstart.rests),
  };
}

const baselines: ReadonlyMap<string, FleetBounds> = new Map(
  outcomeShop.map(({ name, minReplicas }) => [name, { minReplicas, maxReplicas: ceiling }]),
);

/** The stated multiple of the replicas that run a quarter of an hour before the sale. */
function scheduleOf({ sale }: OutcomeScenario): DecideBounds {
  let asked: ReadonlyMap<string, FleetBounds> | undefined;
  return ({ now, services }) => {
    if (now < sale.start - 15 * minuteMs) return baselines;
    asked ??= new Map(
      [...services].map(([name, { replicas }]) => [
        name,
        { minReplicas: Math.min(ceiling, Math.ceil((replicas * sale.statedPercent) / 100)), maxReplicas: ceiling },
      ]),
    );
    return asked;
  };
}

function outcomeTable(judged: readonly JudgedSale[]): BenchmarkTable {
  const seconds = (of: (sale: JudgedSale) => Outcome) => sumOf(judged, sale => of(sale).secondsOverObjective);
  const hours = (of: (sale: JudgedSale) => Outcome) => sumOf(judged, sale => of(sale).replicaHours);
  const lost = (of: (sale: JudgedSale) => Outcome) => sumOf(judged, sale => of(sale).lostPercent) / judged.length;
  const oracle = sumOf(judged, ({ excess }) => excess.oracle);
  const speedups = judged.flatMap(({ headstart, hpaAlone }) =>
    headstart.services.flatMap(({ service, elasticity }) => {
      const other = hpaAlone.services.find(one => one.service === service);
      return other === undefined ? [] : [Math.log(elasticSpeedup(elasticity, other.elasticity))];
    }),
  );
  return {
    title: 'All sales together',
    figures: [
      {
        measure: 'seconds over the objective: HPA alone, a sale',
        value: seconds(sale => sale.hpaAlone) / judged.length,
      },
      {
        measure: 'seconds over the objective: schedule, a sale',
        value: seconds(sale => sale.schedule) / judged.length,
      },
      {
        measure: 'seconds over the objective: Headstart, a sale',
        value: seconds(sale => sale.headstart) / judged.length,
      },
      {
        measure: 'seconds over the objective, Headstart ÷ HPA alone',
        value: seconds(sale => sale.headstart) / seconds(sale => sale.hpaAlone),
        must: 0.02,
      },
      {
        measure: 'seconds over the objective, schedule ÷ HPA alone',
        value: seconds(sale => sale.schedule) / seconds(sale => sale.hpaAlone),
      },
      { measure: 'requests lost, HPA alone: %', value: lost(sale => sale.hpaAlone) },
      { measure: 'requests lost, schedule: %', value: lost(sale => sale.schedule) },
      { measure: 'requests lost, Headstart: %', value: lost(sale => sale.headstart) },
      {
        measure: 'replica-hours, Headstart ÷ oracle',
        value: hours(sale => sale.headstart) / oracle,
        must: 1.35,
        stretch: 1.2,
      },
      { measure: 'replica-hours, schedule ÷ oracle', value: hours(sale => sale.schedule) / oracle },
      { measure: 'replica-hours, HPA alone ÷ oracle', value: hours(sale => sale.hpaAlone) / oracle },
      {
        measure: 'elastic speed-up over the HPA alone (geometric mean)',
        value: Math.exp(speedups.reduce((sum, value) => sum + value, 0) / speedups.length),
        must: [3, 1000],
      },
    ],
  };
}

/** The parts of what Headstart holds above the oracle, as shares of the oracle's replica-hours. */
function excessTable(judged: readonly JudgedSale[]): BenchmarkTable {
  const share = (of: (excess: Excess) => number) =>
    sumOf(judged, ({ excess }) => of(excess)) / sumOf(judged, ({ excess }) => excess.oracle);
  return {
    title: 'Replica-hours above the oracle’s, as a share of them',
    figures: [
      { measure: 'all', value: share(({ actual, oracle }) => actual - oracle) },
      { measure: 'quantile: P95 of the rest instead of what comes', value: share(({ quantile }) => quantile) },
      { measure: 'headroom: 15 %', value: share(({ headroom }) => headroom) },
      { measure: 'rounding to whole replicas, beyond the oracle’s', value: share(({ rounding }) => rounding) },
      { measure: 'hold: a floor above what the forecast of the rest needs', value: share(({ hold }) => hold) },
      { measure: 'the HPA above the floor, less pods that start', value: share(({ hpa }) => hpa) },
    ],
  };
}

function groupTables(judged: readonly JudgedSale[]): readonly BenchmarkTable[] {
  const groups: readonly (readonly [string, (sale: JudgedSale) => boolean])[] = [
    ...[3, 10, 30].map(times => [`×${times}`, (sale: JudgedSale) => sale.multiple === times] as const),
    ['room for all pods', ({ scenario }) => scenario.room === undefined],
    ['a wait for nodes', ({ scenario }) => scenario.room !== undefined],
  ];
  return groups.flatMap(([title, isIn]) => {
    const own = judged.filter(isIn);
    if (own.length === 0) return [];
    const seconds = (of: (sale: JudgedSale) => Outcome) => sumOf(own, sale => of(sale).secondsOverObjective);
    return [
      {
        title: `Sales of ${title}`,
        figures: [
          {
            measure: 'seconds over the objective, Headstart ÷ HPA alone',
            value:
              seconds(sale => sale.headstart) /
              Math.max(
                1,
                seconds(sale => sale.hpaAlone),
              ),
          },
          {
            measure: 'replica-hours, Headstart ÷ oracle',
            value: sumOf(own, sale => sale.headstart.replicaHours) / sumOf(own, ({ excess }) => excess.oracle),
          },
        ],
      },
    ];
  });
}

function sumOf<T>(values: readonly T[], of: (value: T) => number): number {
  return values.reduce((sum, value) => sum + of(value), 0);
}
