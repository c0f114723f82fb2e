import { describe, expect, test } from 'vitest';
import { judgeBounds } from './judge-bounds.ts';
import { judgeCapacity } from './judge-capacity.ts';
import { judgeFloorReady } from './judge-floor-ready.ts';
import { judgePlanned } from './judge-planned.ts';
import { judgeQueries } from './judge-queries.ts';
import { judgeRaisedInTime } from './judge-raised-in-time.ts';
import { judgeRestored } from './judge-restored.ts';
import { judgeReview } from './judge-review.ts';
import { judgeServedAbove } from './judge-served-above.ts';
import { judgeWriters } from './judge-writers.ts';
import type { BoundsSeen, Need, ReadySeen, SpecWrite } from './trace.ts';

const t0 = Date.parse('2026-11-27T19:00:00Z');
const second = 1000;
const minute = 60 * second;
const sale = { start: t0, end: t0 + 9 * minute };
const baseline = { minReplicas: 2, maxReplicas: 10 };
const declared = { baseline, ceiling: 60 };

/** 100 requests per second, 400 from the third to the sixth minute of the sale; 10 per pod. */
const need: Need = {
  workload: 'gateway',
  capacityPerReplica: 10,
  demand: {
    start: t0 - 10 * minute,
    stepSeconds: 15,
    values: Array.from({ length: 120 }, (_, i) => (i >= 52 && i < 64 ? 400 : 100)),
  },
};

const bounds = (at: number, minReplicas: number, maxReplicas: number): BoundsSeen => ({
  at,
  autoscaler: 'gateway',
  minReplicas,
  maxReplicas,
});
const ready = (at: number, count: number): ReadySeen => ({ at, workload: 'gateway', ready: count });

describe('bounds must be raised in time', () => {
  const judge = (list: readonly BoundsSeen[]) =>
    judgeRaisedInTime({ bounds: list, need, sale, leadMs: 60 * second }).join('\n');
  const before = bounds(t0 - 10 * minute, 2, 10);
  test.each([
    ['enough, early enough', [before, bounds(t0 - 61 * second, 40, 60)], ''],
    ['at the last instant', [before, bounds(t0 - 60 * second, 40, 60)], ''],
    ['one second late', [before, bounds(t0 - 59 * second, 40, 60)], 'raised 1 s late'],
    ['one pod short', [before, bounds(t0 - 90 * second, 39, 60)], '40 were needed by then; raised never'],
    [
      'raised and put back before it was due',
      [before, bounds(t0 - 90 * second, 40, 60), bounds(t0 - 70 * second, 2, 10)],
      'minReplicas 2',
    ],
    ['never seen', [], 'minReplicas unknown'],
  ])('%s', (_, list, complaint) => {
    expect(judge(list)).toContain(complaint);
    expect(judge(list) === '').toBe(complaint === '');
  });

  test('a sale of which no demand is known cannot pass', () => {
    const elsewhere = { start: t0 + 600 * minute, end: t0 + 609 * minute };
    expect(judgeRaisedInTime({ bounds: [before], need, sale: elsewhere, leadMs: 0 })).toHaveLength(1);
  });
});

describe('Ready pods must serve the actual demand', () => {
  test.each([
    ['always enough', [ready(t0 - minute, 40)], ''],
    ['more only when the peak comes', [ready(t0 - minute, 10), ready(t0 + 3 * minute, 40)], ''],
    [
      'too late for the peak',
      [ready(t0 - minute, 10), ready(t0 + 3 * minute + 20 * second, 40)],
      'short for 0.50 minutes',
    ],
    [
      'one pod fell out for a moment',
      [ready(t0 - minute, 40), ready(t0 + 4 * minute, 39), ready(t0 + 4 * minute + 1, 40)],
      'short for 0.25 minutes',
    ],
    ['one pod too few all along', [ready(t0 - minute, 39)], 'with 39 Ready of 40.0 needed'],
    ['nothing seen', [], 'short for 9.00 minutes'],
  ])('%s', (_, list, complaint) => {
    const found = judgeCapacity(list, need, sale).join('\n');
    expect(found).toContain(complaint);
    expect(found === '').toBe(complaint === '');
  });
});

describe('what was planned is done', () => {
  const clock = (secondsFromStart: number) => new Date(t0 + secondsFromStart * second).toISOString();
  const step = (secondsFromStart: number, minReplicas: number) => ({ from: clock(secondsFromStart), minReplicas });
  const planned = (steps: readonly ReturnType<typeof step>[], p95 = '400') => ({
    madeAt: clock(-90),
    prescaleTime: clock(-80),
    targets: [
      {
        target: 'gateway',
        steps,
        peak: {
          quantiles: [
            { level: '0.5', requestsPerSecond: '200' },
            { level: '0.95', requestsPerSecond: p95 },
          ],
        },
      },
    ],
  });
  const judge = (list: readonly BoundsSeen[], plan = planned([step(-80, 46), step(400, 20), step(540, 2)])) =>
    judgePlanned({
      bounds: list,
      plan,
      need,
      headroomPercent: 15,
      span: sale,
      leadMs: 45 * second,
      graceMs: 15 * second,
    }).join('\n');
  const before = bounds(t0 - 10 * minute, 2, 10);
  const raised = bounds(t0 - 70 * second, 46, 69);
  const sinking = { ...planned([step(-80, 46), step(-70, 40), step(540, 2)], '348'), madeAt: clock(-70) };
  test.each([
    ['in force by prescaleTime and its grace', [before, raised], undefined, ''],
    ['one replica short', [before, bounds(t0 - 70 * second, 43, 69)], undefined, 'minReplicas 43'],
    ['off by less than another plan', [before, bounds(t0 - 70 * second, 44, 69)], undefined, ''],
    ['higher than planned', [before, bounds(t0 - 70 * second, 49, 69)], undefined, 'minReplicas 49'],
    ['late', [before, bounds(t0 - 64 * second, 46, 69)], undefined, 'minReplicas 2'],
    ['put back before the start', [before, raised, bounds(t0 - 10 * second, 2, 10)], undefined, 'minReplicas 2'],
    ['put back in the sale', [before, raised, bounds(t0 + minute, 2, 10)], undefined, 'minReplicas 2'],
    ['raised by what the sale shows', [before, raised, bounds(t0 + minute, 60, 90)], undefined, ''],
    ['held, though planned lower since', [before, raised], sinking, ''],
    ['nothing was seen', [], undefined, 'no minimum is known'],
    ['planned smaller than its own P95', [before, raised], planned([step(-80, 46)], '600'), 'asks for 69'],
    ['planned in thousandths', [before, raised], planned([step(-80, 46)], '400000m'), ''],
    ['planned without a forecast', [before, raised], planned([step(-80, 46)], ''), 'asks for NaN'],
    ['planned too late', [before, raised], { ...planned([step(-80, 46)]), prescaleTime: clock(-50) }, 'too late'],
    ['not planned', [before, raised], planned([]), 'nothing was planned'],
  ])('%s', (_, list, plan, complaint) => {
    const found = judge(list, plan);
    expect(found).toContain(complaint);
    expect(found === '').toBe(complaint === '');
  });
});

describe('the pods of the floor must be Ready', () => {
  const raised = [bounds(t0 - 10 * minute, 2, 10), bounds(t0 - 50 * second, 40, 60)];
  const sunk = [...raised, bounds(t0 + 5 * minute, 20, 60)];
  test.each([
    ['from the start on', raised, [ready(t0 - 5 * second, 40)], ''],
    ['one too few', raised, [ready(t0 - 5 * second, 39)], '39 Ready'],
    ['too late', raised, [ready(t0 - minute, 2), ready(t0 + second, 40)], '2 Ready'],
    ['fewer once the floor has sunk', sunk, [ready(t0 - minute, 40), ready(t0 + 6 * minute, 20)], ''],
    ['fewer before the floor has sunk', sunk, [ready(t0 - minute, 40), ready(t0 + 4 * minute, 20)], '20 Ready'],
    [
      'of a raise within the lead time, not yet',
      [...raised, bounds(t0 + 10 * second, 50, 60)],
      [ready(t0, 40), ready(t0 + 50 * second, 50)],
      '',
    ],
    ['nothing seen', [], [ready(t0, 40)], 'no minimum is known'],
  ])('%s', (_, list, pods, complaint) => {
    const found = judgeFloorReady({ bounds: list, ready: pods, sale, leadMs: 45 * second }).join('\n');
    expect(found).toContain(complaint);
    expect(found === '').toBe(complaint === '');
  });
});

describe('the HPA stays free to go above the floor', () => {
  const floor = (minReplicas: number) => [bounds(t0 - minute, minReplicas, 60)];
  test.each([
    ['it went above', floor(20), [ready(t0 - minute, 20), ready(t0 + minute, 45)], ''],
    ['it had more before and kept it', floor(20), [ready(t0 - minute, 45)], ''],
    ['it stayed at the floor', floor(20), [ready(t0 - minute, 20)], 'at most 20 were Ready'],
    ['it went above when the sale was over', floor(20), [ready(t0, 20), ready(sale.end, 45)], 'at most 20 were Ready'],
    ['the floor was enough', floor(40), [ready(t0 - minute, 45)], '40 were needed at most'],
    ['nothing seen', [], [], 'no minimum is known'],
  ])('%s', (_, list, pods, complaint) => {
    const found = judgeServedAbove({ bounds: list, ready: pods, need, sale }).join('\n');
    expect(found).toContain(complaint);
    expect(found === '').toBe(complaint === '');
  });
});

describe('nobody but the operator writes', () => {
  const operator = 'system:serviceaccount:headstart-system:headstart';
  const write = (user: string, resource: string, at = t0): SpecWrite => ({
    at,
    resource,
    name: 'gateway',
    user,
    verb: 'patch',
    body: {},
  });
  const own = write(operator, 'horizontalpodautoscalers');
  test.each([
    ['only the operator', [own, write(operator, 'saleplans')], 0],
    ['a person edits the HPA', [own, write('kim', 'horizontalpodautoscalers')], 1],
    ['a tool edits the target', [own, write('argocd', 'scalingtargets')], 1],
    ['a merchandiser edits the sale, as they may', [own, write('kim', 'flashsales')], 0],
    ['somebody wrote before it began', [own, write('kim', 'horizontalpodautoscalers', t0 - minute)], 0],
    ['nobody wrote at all', [], 1],
  ])('%s', (_, writes, complaints) => {
    expect(judgeWriters(writes, operator, sale)).toHaveLength(complaints);
  });
});

describe('bounds stay between baseline and ceiling', () => {
  test.each([
    ['raised and restored', [bounds(t0, 2, 10), bounds(t0, 40, 60), bounds(t0, 2, 10)], 0],
    ['below the baseline', [bounds(t0, 1, 10)], 1],
    ['a maximum below the baseline', [bounds(t0, 2, 9)], 1],
    ['above the ceiling', [bounds(t0, 40, 61)], 1],
    ['upside down', [bounds(t0, 40, 30)], 1],
    ['nothing seen', [], 1],
  ])('%s', (_, list, complaints) => {
    expect(judgeBounds(list, declared)).toHaveLength(complaints);
  });
});

describe('bounds go back to the baseline and take no needed pod', () => {
  const raised = [bounds(t0 - 2 * minute, 40, 60)];
  const judge = (list: readonly BoundsSeen[], pods: readonly ReadySeen[]) =>
    judgeRestored({ bounds: list, ready: pods, need, baseline, endedAt: sale.end, until: sale.end + 5 * minute });
  const sunk = [ready(t0 - minute, 40), ready(sale.end + 80 * second, 10)];
  test.each([
    ['in one write', [...raised, bounds(sale.end + minute, 2, 10)], sunk, ''],
    [
      'minimum first, maximum later',
      [...raised, bounds(sale.end + minute, 2, 60), bounds(sale.end + 2 * minute, 2, 10)],
      sunk,
      '',
    ],
    ['too late', [...raised, bounds(sale.end + 121 * second, 2, 10)], sunk, 'no restore within 120 s'],
    ['never', raised, sunk, 'left at 40..60'],
    ['before the end', [...raised, bounds(sale.end - second, 2, 10)], sunk, 'before the end'],
    ['the maximum forgotten', [...raised, bounds(sale.end + minute, 2, 60)], sunk, 'left at 2..60'],
    ['never raised', [bounds(t0, 2, 10)], sunk, 'never raised'],
    [
      'a needed pod taken',
      [...raised, bounds(sale.end + minute, 2, 10)],
      [ready(t0 - minute, 40), ready(sale.end + 80 * second, 9)],
      'had been there',
    ],
  ])('%s', (_, list, pods, complaint) => {
    const found = judge(list, pods).join('\n');
    expect(found).toContain(complaint);
    expect(found === '').toBe(complaint === '');
  });
});

describe('nobody asks for the future', () => {
  test.each([
    ['up to now', [{ query: 'up', end: t0, receivedAt: t0 }], 0],
    ['an instant query without a time', [{ query: 'up', receivedAt: t0 }], 0],
    ['one millisecond ahead', [{ query: 'up', end: t0 + 1, receivedAt: t0 }], 1],
    ['never asked', [], 1],
    ['only asked whether it lives', [{ query: '', receivedAt: t0 }], 1],
  ])('%s', (_, queries, complaints) => {
    expect(judgeQueries(queries)).toHaveLength(complaints);
  });
});

describe('the report speaks of what happened', () => {
  /** One point per minute, for the minute before it. */
  const truth = Array.from({ length: 9 }, (_, minuteOfSale) => ({
    t: new Date(t0 + minuteOfSale * minute + second).toISOString(),
    demand: String(need.demand.values[40 + minuteOfSale * 4 - 4]),
    forecast: '120',
  }));
  const review = {
    targets: [{ target: 'gateway', wapePercent: 12, biasPercent: -3, coveragePercent: 97, minutesShort: 0 }],
  };
  const bare = { targets: [{ target: 'gateway', minutesShort: 0 }] };
  const timeline = (points: typeof truth) => [{ target: 'gateway', points }];
  const tenfold = truth.map(point => ({ ...point, demand: `${Number(point.demand) / 100}k` }));
  const milli = truth.map(point => ({ ...point, demand: `${point.demand}000m` }));
  test.each([
    ['as it was', { review, timeline: timeline(truth) }, ''],
    ['in thousandths', { review, timeline: timeline(milli) }, ''],
    ['with a gap', { review, timeline: timeline(truth.toSpliced(1, 3)) }, ''],
    ['no review', { timeline: timeline(truth) }, 'no review'],
    ['a review without figures', { review: bare, timeline: timeline(truth) }, 'no wapePercent'],
    ['an empty timeline', { review, timeline: timeline([]) }, '0 measured points'],
    ['hardly a point', { review, timeline: timeline(truth.slice(0, 2)) }, '2 measured points'],
    ['somebody else’s demand', { review, timeline: timeline(tenfold) }, 'in truth'],
    [
      'no forecast beside it',
      { review, timeline: [{ target: 'gateway', points: truth.map(({ t, demand }) => ({ t, demand })) }] },
      'no forecast',
    ],
  ])('%s', (_, status, complaint) => {
    const found = judgeReview(status, need, 'gateway', sale).join('\n');
    expect(found).toContain(complaint);
    expect(found === '').toBe(complaint === '');
  });
});
