import { describe, expect, test } from 'vitest';
import { capacityAt } from '../../../src/learn/capacity/capacity-in-use.ts';
import { learnPastSales } from '../../../src/sandbox/run/learn-past-sales.ts';
import { learnedTargets } from '../../../src/sandbox/run/learned-targets.ts';
import { readSandboxScenario } from '../../../src/sandbox/run/sandbox-scenario.ts';

describe('the newest two past sales', async () => {
  const { scenario, ...setup } = readSandboxScenario(3);
  const pastSales = scenario.pastSales.slice(-2);
  const learned = await learnPastSales({ ...setup, scenario: { ...scenario, pastSales } });
  const until = scenario.sale.announced.start;

  test('show how long scale-ups take: the start of a pod, and what controllers and kubelets add', () => {
    const seen = learned.targets.flatMap(({ metadata: { name }, status }) =>
      (status?.scaleUps ?? []).map(scaleUp => ({ name, ...scaleUp })),
    );
    expect(seen.length).toBeGreaterThanOrEqual(6);
    for (const { name, seconds = 0 } of seen) {
      const { startSeconds } = scenario.services.find(service => service.name === name) ?? expect.unreachable();
      expect(seconds).toBeGreaterThanOrEqual(Math.floor(startSeconds.least));
      expect(seconds).toBeLessThan(startSeconds.most + 30);
    }
  });

  test('show the capacity where a service without slow callees went over its objective, and contradict no true one', () => {
    const known = learned.targets.flatMap(({ metadata: { name }, status }) => {
      const estimate = capacityAt(status?.capacityHours ?? [], until);
      const { capacityPerReplica } = scenario.services.find(service => service.name === name) ?? expect.unreachable();
      if (estimate?.kind === 'AtLeast') expect(estimate.perReplica).toBeLessThan(capacityPerReplica * 1.2);
      return estimate?.kind === 'Known' ? [{ name, ...estimate, capacityPerReplica }] : [];
    });
    expect(known.map(({ name }) => name)).toContain('inventory');
    for (const { perReplica, capacityPerReplica } of known) {
      expect(perReplica).toBeGreaterThan(capacityPerReplica * 0.8);
      expect(perReplica).toBeLessThan(capacityPerReplica * 1.25);
    }
  });

  test('are told with what they rest on', () => {
    const told = learnedTargets(learned);
    expect(told.map(({ target }) => target)).toEqual(learned.targets.map(({ metadata }) => metadata.name));
    expect(told.find(({ target }) => target === 'inventory')?.learned).toEqual([
      ['lead time', expect.stringMatching(/\d+ scale-ups? by .* that took/)],
      ['capacity', expect.stringMatching(/^15 requests\/s per replica, as stated; the objective broke at \d+/)],
    ]);
    expect(learnedTargets({ ...setup, scenario })).toEqual([]);
  });
});
