import { describe, expect, test } from 'vitest';
import { controllerManagerPace, takeWrite } from '../../src/simulate/client-rate-limit.ts';
import { choosePodsToDelete, drawPodStart, type PodStanding } from '../../src/simulate/pods.ts';
import { integrateHours, readForward } from '../../src/simulate/step-series.ts';

describe('a pod', () => {
  test('starts within its range, always the same', () => {
    const range = { least: 30, most: 50 };
    const starts = Array.from({ length: 200 }, (_, i) => drawPodStart(1, `p${i}`, range).readySeconds);
    expect(Math.min(...starts)).toBeGreaterThanOrEqual(30);
    expect(Math.max(...starts)).toBeLessThan(50);
    expect(drawPodStart(1, 'p0', range)).toEqual(drawPodStart(1, 'p0', range));
  });

  test('is given up in the order: pending, not ready, youngest', () => {
    const pods: PodStanding[] = [
      { name: 'old', phase: 'Running', ready: true, readySince: 10, createdAt: 0 },
      { name: 'young', phase: 'Running', ready: true, readySince: 90, createdAt: 60 },
      { name: 'starting', phase: 'Running', ready: false, createdAt: 80 },
      { name: 'pending', phase: 'Pending', ready: false, createdAt: 95 },
    ];
    expect(choosePodsToDelete(pods, 3)).toEqual(['pending', 'starting', 'young']);
    expect(choosePodsToDelete(pods, 0)).toEqual([]);
  });
});

describe('the controllers share twenty writes a second', () => {
  // Measured on a real 1.36 control plane: 600 pods take 29.9 s.
  test('so that six hundred pods take half a minute', () => {
    let budget = { tokens: controllerManagerPace.burst, at: 0 };
    let sentAt = 0;
    for (let i = 0; i < 600; i++) ({ sentAt, budget } = takeWrite(budget, controllerManagerPace, 0));
    expect(sentAt / 1000).toBeGreaterThan(28);
    expect(sentAt / 1000).toBeLessThan(30.5);
  });

  test('and have thirty at once after a rest', () => {
    let budget = { tokens: 0, at: 0 };
    const sent = Array.from({ length: 31 }, () => {
      const turn = takeWrite(budget, controllerManagerPace, 60_000);
      budget = turn.budget;
      return turn.sentAt;
    });
    expect(sent[29]).toBe(60_000);
    expect(sent[30]).toBe(60_050);
  });
});

describe('a step series', () => {
  const series = [
    { t: 1000, value: 2 },
    { t: 5000, value: 4 },
  ];
  test('holds each value until the next', () => {
    const read = readForward(series);
    expect([0, 1000, 4999, 5000, 9000].map(read)).toEqual([0, 2, 2, 4, 4]);
  });

  test('is integrated exactly', () => {
    expect(integrateHours(series, 0, 10_000)).toBeCloseTo((2 * 4 + 4 * 5) / 3600);
    expect(integrateHours(series, 3000, 5000)).toBeCloseTo((2 * 2) / 3600);
  });
});
