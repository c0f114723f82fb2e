import { expect, test } from 'vitest';
import { runSchedule } from '../../../src/sandbox/run/run-schedule.ts';
import { runHpaAlone } from '../../../src/sandbox/run/sandbox-run.ts';
import { readSandboxScenario } from '../../../src/sandbox/run/sandbox-scenario.ts';

const setup = readSandboxScenario(1);
const { start, end, peakRatio } = setup.scenario.sale.announced;

test('a schedule holds the stated multiple of ordinary replicas, at most the ceiling, from a quarter of an hour before the sale to its end', async () => {
  const span = { begin: start - 1_200_000, from: start - 300_000, until: start + 600_000 };
  const [scheduled, alone] = [await runSchedule(setup, undefined, span), await runHpaAlone(setup, undefined, span)];
  for (const { metadata, spec } of setup.targets) {
    const [, raised, ...more] = scheduled.record.minReplicas[metadata.name] ?? [];
    const ordinary = scheduled.record.ready[metadata.name]?.findLast(({ t }) => t <= start - 900_000)?.value ?? 0;
    expect(raised).toEqual({ t: start - 900_000, value: Math.min(spec.ceiling, Math.ceil(ordinary * peakRatio)) });
    expect(more).toEqual([]);
  }
  expect(scheduled.outcome.secondsOverObjective).toBeLessThan(0.1 * alone.outcome.secondsOverObjective);
  expect(scheduled.outcome.replicaHours).toBeGreaterThan(alone.outcome.replicaHours);
  const after = await runSchedule(setup, undefined, {
    begin: end - 600_000,
    from: end - 300_000,
    until: end + 120_000,
  });
  for (const { metadata, spec } of setup.targets)
    expect(after.record.minReplicas[metadata.name]?.at(-1)).toEqual({ t: end, value: spec.baseline.minReplicas });
});
