import { describe, expect, test } from 'vitest';
import { ServerClock } from '../../../src/kube/http/server-clock.ts';

const t0 = Date.parse('2026-11-27T19:00:00.400Z');

/** An answer that took `ms`, from a server whose clock is `skewMs` behind ours. */
function answer(at: number, skewMs: number, ms = 20) {
  return { date: new Date(at + ms / 2 - skewMs).toUTCString(), sentMs: at, receivedMs: at + ms };
}

describe('the clock of the API server', () => {
  test.each([
    ['agrees', 0, 0],
    ['agrees when it is a second off', 1_000, 0],
    ['is 30 s ahead', -30_000, -30_000],
    ['is ten minutes behind', 600_000, 600_000],
    ['is ten minutes ahead', -600_000, -600_000],
    ['is a day behind', 86_400_000, 86_400_000],
  ])('%s', (_, skewMs, measured) => {
    const clock = new ServerClock();
    for (let second = 0; second < 30; second += 1.3) clock.note(answer(t0 + second * 1000, skewMs));
    expect(Math.abs(clock.skewMs - measured)).toBeLessThanOrEqual(1_000);
    if (measured === 0) expect(clock.skewMs).toBe(0);
  });

  test('is known from one answer, and keeps its value while answers allow it', () => {
    const clock = new ServerClock();
    const changes: number[] = [];
    clock.subscribe(skewMs => changes.push(skewMs));
    for (let second = 0; second < 600; second += 7.7) clock.note(answer(t0 + second * 1000, 599_300, 900));
    expect(changes).toHaveLength(2);
    expect(changes[0]).toBe(0);
    expect(Math.abs((changes[1] ?? 0) - 599_300)).toBeLessThanOrEqual(2_000);
  });

  test('is measured anew at the first answer after one of the two was set', () => {
    const clock = new ServerClock();
    clock.note(answer(t0, 0));
    clock.note(answer(t0 + 5_000, 600_000));
    expect(Math.abs(clock.skewMs - 600_000)).toBeLessThanOrEqual(1_000);
    clock.note(answer(t0 + 10_000, 0));
    expect(clock.skewMs).toBe(0);
  });

  test('is not guessed from an answer that took minutes, or that has no date', () => {
    const clock = new ServerClock();
    clock.note({ date: new Date(t0).toUTCString(), sentMs: t0, receivedMs: t0 + 180_000 });
    clock.note({ date: undefined, sentMs: t0, receivedMs: t0 });
    clock.note({ date: 'today', sentMs: t0, receivedMs: t0 });
    expect(clock.skewMs).toBe(0);
  });
});
