import { describe, expect, test } from 'vitest';
import { runHpaAlone, spanOf } from '../../../src/sandbox/run/sandbox-run.ts';
import { readSandboxScenario } from '../../../src/sandbox/run/sandbox-scenario.ts';

describe('the scenario of a seed', () => {
  const setup = readSandboxScenario(1);

  test('is the marketplace of crds/examples with the edges of its call graph', () => {
    expect(setup.scenario.services.map(({ name, calls }) => [name, calls.map(call => call.target)])).toEqual([
      ['checkout', ['payments', 'inventory']],
      ['gateway', ['storefront', 'search', 'checkout']],
      ['inventory', []],
      ['payments', []],
      ['search', []],
      ['storefront', []],
    ]);
    expect(setup.deployments).toHaveLength(6);
    expect(setup.autoscalers).toHaveLength(6);
  });

  test('has past sales that are wholly over, written in the zone of the shop', () => {
    const { begin } = spanOf(setup);
    expect(setup.pastSales.length).toBeGreaterThanOrEqual(3);
    for (const { spec } of setup.pastSales) {
      expect(Date.parse(spec.endTime)).toBeLessThan(begin);
      expect(spec.startTime).toMatch(/\+01:00$/);
    }
  });

  test('is the same twice, and another for another seed', () => {
    const { scenario } = setup;
    const demandOf = (seed: number) =>
      scenario.services.map(({ name }) =>
        readSandboxScenario(seed).scenario.demand.at(name, scenario.sale.actual.start),
      );
    expect(demandOf(1)).toEqual(demandOf(1));
    expect(demandOf(2)).not.toEqual(demandOf(1));
  });

  test('has a surge of three to ten times within two minutes', () => {
    for (let seed = 1; seed <= 20; seed++) {
      const { demand, sale } = readSandboxScenario(seed).scenario;
      const before = demand.mean('gateway', sale.actual.start - 600_000, sale.actual.start - 300_000);
      const peak = demand.mean('gateway', sale.actual.start + 120_000, sale.actual.start + 180_000);
      expect(peak / before).toBeGreaterThan(2.5);
      expect(peak / before).toBeLessThan(12);
    }
  });
});

describe('HPAs alone', () => {
  const setup = readSandboxScenario(1);
  const { start } = setup.scenario.sale.announced;
  const span = { begin: start - 900_000, from: start - 300_000, until: start + 600_000 };

  test('keep their objectives on an ordinary evening, and are minutes late in the surge', async () => {
    const evening = await runHpaAlone(setup, undefined, { ...span, until: start });
    expect(evening.outcome).toMatchObject({ secondsOverObjective: 0, lostPercent: 0 });
    const surge = await runHpaAlone(setup, undefined, span);
    expect(surge.outcome.secondsOverObjective).toBeGreaterThan(120);
    expect(surge.outcome.secondsOverObjective).toBeLessThan(600);
    expect(surge.outcome.lostPercent).toBeGreaterThan(0);
    expect((await runHpaAlone(setup, undefined, span)).outcome).toEqual(surge.outcome);
  });
});
