import { expect, test } from 'vitest';
import { WaitingNotices } from '../../../src/operator/notify/waiting-notices.ts';
import { noticeOf } from '../../support/notify/notices.ts';

const kindsOf = (waiting: WaitingNotices, isGrouped = true) => waiting.next(isGrouped).map(({ notice }) => notice.kind);

test('what does not hold any more is dropped, unless it was sent and is to be recorded', () => {
  const waiting = new WaitingNotices();
  waiting.replace('uid-1', [noticeOf(), noticeOf({ kind: 'AtRisk', about: 'AtRisk' }), noticeOf({ kind: 'Ready' })], 0);
  const [, risk] = waiting.next(true);
  if (risk !== undefined) risk.isSent = true;
  waiting.replace('uid-1', [noticeOf({ kind: 'Ready' })], 1);
  expect(kindsOf(waiting)).toEqual(['AtRisk', 'Ready']);
});

test('the notices of one sale wait together, those of others apart', () => {
  const waiting = new WaitingNotices();
  waiting.replace('uid-1', [noticeOf(), noticeOf({ kind: 'Ready' })], 0);
  waiting.replace('uid-2', [noticeOf({ uid: 'uid-2', kind: 'Ended' })], 0);
  expect(kindsOf(waiting)).toEqual(['Planned', 'Ready']);
  expect(kindsOf(waiting, false)).toEqual(['Planned']);
  waiting.putLast(waiting.next(true));
  expect(kindsOf(waiting)).toEqual(['Ended']);
});

test('a notice waits since it was offered first, and says what holds now', () => {
  const waiting = new WaitingNotices();
  waiting.replace('uid-1', [noticeOf({ message: '5 replicas are added.' })], 5);
  waiting.replace('uid-1', [noticeOf({ message: '9 replicas are added.' })], 90);
  expect(waiting.next(false)).toMatchObject([{ since: 5, notice: { message: '9 replicas are added.' } }]);
});

test('at most 200 wait; the others are offered again later', () => {
  const waiting = new WaitingNotices();
  for (let sale = 0; sale < 300; sale += 1) waiting.replace(`uid-${sale}`, [noticeOf({ uid: `uid-${sale}` })], 0);
  expect(waiting.size).toBe(200);
});

test('what is of a namespace that is gone is dropped', () => {
  const waiting = new WaitingNotices();
  waiting.replace('uid-1', [noticeOf()], 0);
  waiting.replace('uid-2', [noticeOf({ uid: 'uid-2', namespace: 'other' })], 0);
  waiting.keepOnly(new Set(['other']));
  expect(waiting.next(false)).toMatchObject([{ notice: { namespace: 'other' } }]);
});

test('what is settled is not offered again, until its namespace is gone', () => {
  const waiting = new WaitingNotices();
  waiting.replace('uid-1', [noticeOf()], 0);
  waiting.settle(waiting.next(false));
  waiting.replace('uid-1', [noticeOf(), noticeOf({ kind: 'Ready' })], 1);
  expect(kindsOf(waiting)).toEqual(['Ready']);
  waiting.keepOnly(new Set());
  waiting.replace('uid-1', [noticeOf()], 2);
  expect(kindsOf(waiting)).toEqual(['Planned']);
});
