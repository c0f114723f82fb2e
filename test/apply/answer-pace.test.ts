import { describe, expect, test } from 'vitest';
import { planAnswer, sinceLastWrite } from '../../src/apply/answer-pace.ts';

const at = (time: string) => Date.parse(`2026-11-27T${time}Z`);
const sale = { prescaleTime: at('18:50:00'), start: at('19:00:00') };

describe('another writer is answered', () => {
  test.each([
    ['at once when we never wrote', undefined, '12:00:00', '12:00:00'],
    ['at once when our last write is long past', '11:00:00', '12:00:00', '12:00:00'],
    ['ten minutes after our last write', '11:58:00', '12:00:00', '12:08:00'],
    ['half a minute after it from prescaleTime on', '18:49:55', '18:50:00', '18:50:25'],
    ['half a minute after it until ten minutes into the sale', '19:09:50', '19:09:59', '19:10:20'],
    ['ten minutes after it from then on', '19:09:50', '19:10:00', '19:19:50'],
  ])('%s', (_title, sentAt, now, from) => {
    const sinceSentMs = sentAt === undefined ? undefined : at(now) - at(sentAt);
    const asked = { now: at(now), sinceSentMs, sales: [sale] };
    expect(new Date(planAnswer(asked)).toISOString()).toBe(`2026-11-27T${from}.000Z`);
  });

  test('at most six times in any hour without a sale, and once per 30 s around its start, whatever the other does', () => {
    const answers: number[] = [];
    let sentAt: number | undefined;
    for (let now = at('15:00:00'); now < at('22:00:00'); now += 1_000) {
      const sinceSentMs = sentAt === undefined ? undefined : now - sentAt;
      if (planAnswer({ now, sinceSentMs, sales: [sale] }) > now) continue;
      answers.push(now);
      sentAt = now;
    }
    const within = (from: number, to: number) => answers.filter(answer => answer >= from && answer < to).length;
    for (let hour = at('15:00:00'); hour <= at('17:50:00'); hour += 60_000) {
      expect(within(hour, hour + 3_600_000)).toBeLessThanOrEqual(6);
    }
    for (let from = at('18:50:00'); from < at('19:10:00'); from += 1_000) {
      expect(within(from, from + 30_000)).toBeLessThanOrEqual(1);
    }
    expect(within(at('18:50:00'), at('19:10:00'))).toBe(40);
  });
});

describe('the time since our last write', () => {
  const now = at('19:00:00');
  const clocks = (monotonicMs: number, skewMs = 0) => ({ monotonicMs: () => monotonicMs, skewMs: () => skewMs });
  test.each<[string, Parameters<typeof sinceLastWrite>[0], ReturnType<typeof clocks>, number | undefined]>([
    ['is unknown when we never wrote', {}, clocks(5_000), undefined],
    ['is counted by our monotonic clock, whatever the wall clock did', { sentMs: 2_000 }, clocks(5_000), 3_000],
    ['is read from the object after a restart', { writtenAt: at('18:59:50') }, clocks(0), 10_000],
    [
      'is the shorter of both: another replica may have written',
      { writtenAt: at('18:59:50'), sentMs: 0 },
      clocks(60_000),
      10_000,
    ],
    ['is corrected where the server is ten minutes ahead', { writtenAt: at('19:09:50') }, clocks(0, -600_000), 10_000],
    ['is corrected where the server is ten minutes behind', { writtenAt: at('18:49:50') }, clocks(0, 600_000), 10_000],
    ['is 0 where the object was written in our future', { writtenAt: at('19:00:01') }, clocks(0), 0],
  ])('%s', (_, last, given, since) => {
    expect(sinceLastWrite(last, now, given)).toBe(since);
  });
});
