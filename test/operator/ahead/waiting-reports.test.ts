import { setImmediate as nextTurn } from 'node:timers/promises';
import { expect, test } from 'vitest';
import type { AppliedWrite } from '../../../src/apply/applied.ts';
import type { ApplyContext } from '../../../src/apply/apply-context.ts';
import { applyStatus } from '../../../src/apply/reports/apply-status.ts';
import { WritePace } from '../../../src/apply/write-pace.ts';
import { ApiError } from '../../../src/kube/api-error.ts';
import { flashSales } from '../../../src/kube/resources/resource-kind.ts';
import { type WaitingReport, WaitingReports } from '../../../src/operator/ahead/waiting-reports.ts';
import { scriptedContext } from '../../support/shop/scripted-context.ts';

const now = Date.parse('2026-11-27T18:55:00Z');
const dayMs = 86_400_000;
const never = new AbortController().signal;

/** The status of a sale, with one condition whose reason is told apart. */
function status(name: string, reason: string) {
  const condition = { type: 'Accepted', status: 'True', reason, message: '', lastTransitionTime: '' } as const;
  const metadata = { name, namespace: 'shop', uid: `uid of ${name}` };
  return { kind: flashSales, metadata, composed: { before: undefined, after: { conditions: [condition] } } };
}

function waiting(name: string, days: number, reason = 'Accepted'): WaitingReport {
  return { namespace: 'shop', report: status(name, reason), start: now + days * dayMs, now };
}

/** A queue at one write in each second of its own clock, which `after` moves, and what it has sent. */
function slowly(answer: (name: string) => object = () => ({})) {
  const sent: string[] = [];
  let clockMs = 0;
  const sleepers: { readonly until: number; readonly go: () => void }[] = [];
  const statuses = new WritePace(1, {
    monotonicMs: () => clockMs,
    sleep: ms => new Promise(go => sleepers.push({ until: clockMs + ms, go })),
  });
  const scripted = scriptedContext(({ path, body }) => {
    const name = path.split('/').at(-2) ?? '';
    sent.push(`${name} ${/"reason":"(\w+)"/.exec(JSON.stringify(body))?.[1]}`);
    return answer(name);
  });
  const context: ApplyContext = { ...scripted, pace: { ...scripted.pace, statuses } };
  const written: string[] = [];
  const onWritten = ({ report }: WaitingReport, { outcome }: AppliedWrite) =>
    written.push(`${report.metadata.name} ${outcome}`);
  const after = async (seconds: number) => {
    for (let second = 0; second < seconds; second++) {
      clockMs += 1000;
      for (const one of sleepers.splice(0))
        if (one.until <= clockMs) one.go();
        else sleepers.push(one);
      for (let turn = 0; turn < 5; turn++) await nextTurn();
    }
  };
  return { queue: new WaitingReports(context, onWritten), context, sent, written, after };
}

test('the status of the sale that begins first is written first, in order of start', async () => {
  const { queue, sent, after } = slowly();
  const days = Array.from({ length: 30 }, (_, index) => ((index * 7) % 30) + 1);
  queue.put([waiting('first', 0), ...days.map(day => waiting(`d${day}`, day))], never);
  await after(40);
  const inOrder = [...days].sort((a, b) => a - b).map(day => `d${day} Accepted`);
  expect(sent).toEqual(['first Accepted', ...inOrder]);
});

test('of several statuses of one sale only the newest is written, and none while another is under way', async () => {
  const { queue, sent, after } = slowly();
  queue.put(
    [...Array.from({ length: 30 }, (_, index) => waiting(`d${index}`, index)), waiting('late', 99, 'Old')],
    never,
  );
  await after(2);
  queue.put([waiting('late', 99, 'New'), waiting('d9', 9, 'Newer')], never);
  await after(40);
  expect(sent.filter(line => /late|d9/.test(line))).toEqual(['d9 Accepted', 'd9 Newer', 'late New']);
});

test('the status of a target or a current sale goes before all that wait', async () => {
  const { queue, context, sent, after } = slowly();
  queue.put(
    Array.from({ length: 12 }, (_, index) => waiting(`d${index}`, index)),
    never,
  );
  const { kind, metadata, composed } = status('now', 'Accepted');
  void applyStatus(context, { kind, metadata, ...composed, now, cadenceMs: 1 });
  await after(3);
  expect(sent.indexOf('now Accepted')).toBeLessThanOrEqual(1);
  expect(sent.length).toBeGreaterThan(2);
});

test('each is told once it is written or has failed, and none is written after the end', async () => {
  const { queue, sent, written, after } = slowly(name => {
    if (name === 'd1') throw new ApiError(503, {}, 'PATCH');
    return {};
  });
  const stop = new AbortController();
  queue.put(
    Array.from({ length: 20 }, (_, index) => waiting(`d${index}`, index)),
    stop.signal,
  );
  await after(2);
  expect(written).toEqual(['d0 Written', 'd1 Failed', 'd2 Written']);
  stop.abort();
  await after(5);
  await queue.idle();
  expect(sent).toHaveLength(3);
});
