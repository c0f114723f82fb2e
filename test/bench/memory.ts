import { fork } from 'node:child_process';
import { once } from 'node:events';
import type { BenchmarkResult, RunBenchmark } from '../support/bench/benchmark.ts';
import type { MemoryFigures } from '../support/bench/memory/measure-memory.ts';

/**
 * What one target, one model and one SalePlan keep in memory at 28 days by the minute, in a process of its own, after a
 * full collection. What 20,000 cached objects take is measured by `start-up`.
 */
export const run: RunBenchmark = async (): Promise<BenchmarkResult> => {
  const child = fork(new URL('../support/bench/memory/measure-memory.ts', import.meta.url), {
    execArgv: ['--expose-gc'],
  });
  const ended = once(child, 'exit').then(() => Promise.reject(new Error('the measuring process told nothing')));
  const [figures] = (await Promise.race([once(child, 'message'), ended])) as [MemoryFigures];
  return {
    settings: [
      'one query of 28 days by the minute each; heap and array buffers after a full collection, divided by their number',
      'samples are kept to five significant digits: at most 0.005 % of a value is lost',
    ],
    tables: [
      {
        title: 'Memory',
        figures: [
          { measure: 'history of a target: MB', value: figures.targetMb, must: 0.25 },
          { measure: 'a sample, with all that is kept beside it: bytes', value: figures.sampleBytes },
          { measure: 'a model, with 40 past sales and a forecast: MB', value: figures.modelMb, must: 4 },
          { measure: 'models of one thread, the most that it keeps: MB', value: figures.modelMb * figures.mostModels },
          {
            measure: 'a SalePlan of 100 targets with a full record, as JSON: kB',
            value: figures.salePlanKb,
            must: 500,
          },
        ],
      },
    ],
    skipped: [],
  };
};
