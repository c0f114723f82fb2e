import { describe, expect, test } from 'vitest';
import type { NoticeRecord } from '../../../src/api/learned/notice-record.ts';
import type { NoticeRecords } from '../../../src/apply/record-notices.ts';
import { type Channel, DeliveryError } from '../../../src/operator/notify/channel.ts';
import { ChannelWorker } from '../../../src/operator/notify/channel-worker.ts';
import type { Notice } from '../../../src/plan/notices/notice.ts';
import { neverAborted, noticeOf } from '../../support/notify/notices.ts';
import { recordingLog } from '../../support/shop/recording-log.ts';

/** A worker on a clock that jumps over each pause, whose channel fails as the test says. */
function workerOf({
  sends = async () => {},
  known = [],
  adds = async () => {},
  isGrouped = true,
}: {
  readonly sends?: (attempt: number) => Promise<void>;
  readonly known?: readonly NoticeRecord[] | 'Gone';
  readonly adds?: (attempt: number) => Promise<void>;
  readonly isGrouped?: boolean;
} = {}) {
  let now = 0;
  const messages: (readonly Notice[])[] = [];
  const pauses: number[] = [];
  const recorded: string[] = [];
  const outcomes: string[] = [];
  const logged: { level: string; message: string; facts: object }[] = [];
  let attempts = 0;
  let additions = 0;
  const channel: Channel = {
    type: 'made-up',
    isGrouped,
    gapMs: 1_000,
    async send(notices) {
      messages.push(notices);
      attempts += 1;
      await sends(attempts);
    },
  };
  const records: NoticeRecords = {
    read: async () => (known === 'Gone' ? undefined : known),
    async add(_keeper, { told, outcome }) {
      additions += 1;
      await adds(additions);
      recorded.push(...told.map(({ kind }) => `${kind} ${outcome}`));
    },
  };
  const timing = {
    monotonicMs: () => now,
    wallMs: () => now,
    random: () => 1,
    async sleep(ms: number) {
      pauses.push(ms);
      now += ms;
    },
  };
  const worker = new ChannelWorker({
    name: 'shop',
    channel,
    records,
    timing,
    log: recordingLog(logged),
    onOutcome: (kind, outcome) => outcomes.push(`${kind} ${outcome}`),
  });
  const run = async (...notices: readonly Notice[]) => {
    for (const [uid, own] of Map.groupBy(notices, one => one.uid)) worker.waiting.replace(uid, own, now);
    worker.start(neverAborted, neverAborted);
    await worker.idle();
  };
  return { worker, run, messages, pauses, recorded, outcomes, logged };
}

const refused = new DeliveryError('http://receiver answered 500: it cannot take messages now.');

describe('a channel', () => {
  test('that takes one message of a sale gets all that waits of it in one, which is recorded', async () => {
    const { run, messages, recorded } = workerOf();
    await run(noticeOf(), noticeOf({ kind: 'AtRisk', about: 'NoGo' }), noticeOf({ uid: 'uid-2' }));
    expect(messages.map(one => one.map(({ kind, uid }) => `${uid} ${kind}`))).toEqual([
      ['uid-1 Planned', 'uid-1 AtRisk'],
      ['uid-2 Planned'],
    ]);
    expect(recorded).toEqual(['Planned Sent', 'AtRisk Sent', 'Planned Sent']);
  });

  test('is not sent what the SalePlan says was told, and nothing of one that is gone', async () => {
    const at = '2026-11-20T12:00:00Z';
    const told = workerOf({ known: [{ kind: 'AtRisk', about: 'AtRisk', at, outcome: 'Sent' }] });
    await told.run(noticeOf({ kind: 'AtRisk', about: 'AtRisk' }), noticeOf({ kind: 'AtRisk', about: 'NoGo' }));
    expect(told.messages.map(one => one.map(({ about }) => about))).toEqual([['NoGo']]);
    const gone = workerOf({ known: 'Gone' });
    await gone.run(noticeOf());
    expect(gone.messages).toEqual([]);
    expect(gone.worker.facts.waiting).toBe(0);
  });

  test('that fails is tried again, later each time, and what it said is shown until it takes one', async () => {
    const { run, messages, pauses, outcomes, logged, worker } = workerOf({
      async sends(attempt) {
        if (attempt > 1) expect(worker.facts).toMatchObject({ waiting: 1, failure: refused.message });
        if (attempt < 4) throw refused;
      },
    });
    await run(noticeOf());
    expect(messages).toHaveLength(4);
    expect(pauses).toEqual([2_000, 4_000, 8_000, 1_000]);
    expect(outcomes).toEqual(['Planned Failed', 'Planned Failed', 'Planned Failed', 'Planned Sent']);
    expect(logged.map(({ message }) => message)).toEqual(['notices not sent', 'channel takes notices again']);
    expect(worker.facts).toEqual({ name: 'shop', type: 'made-up', waiting: 0 });
  });

  test('that refuses one message is sent the others in between', async () => {
    const { run, messages, recorded } = workerOf({
      isGrouped: false,
      async sends(attempt) {
        if (attempt === 1) throw refused;
      },
    });
    await run(noticeOf(), noticeOf({ kind: 'Ready' }));
    expect(messages.map(([one]) => one?.kind)).toEqual(['Planned', 'Ready', 'Planned']);
    expect(recorded).toEqual(['Ready Sent', 'Planned Sent']);
  });

  test('that never takes a notice is left alone after 6 hours, and so it is recorded', async () => {
    const { run, messages, recorded, outcomes, logged, pauses } = workerOf({ sends: () => Promise.reject(refused) });
    await run(noticeOf());
    expect(recorded).toEqual(['Planned GivenUp']);
    expect(outcomes.at(-1)).toBe('Planned GivenUp');
    expect(messages.length).toBeLessThan(60);
    expect(Math.max(...pauses)).toBe(600_000);
    expect(logged.map(({ message }) => message)).toEqual(['notices not sent', 'notice given up']);
  });

  test('is not sent a notice again that could not be recorded', async () => {
    const { run, messages, recorded, worker } = workerOf({
      async adds(attempt) {
        if (attempt < 3) throw new Error('the API server is away');
      },
    });
    await run(noticeOf());
    expect(messages).toHaveLength(1);
    expect(recorded).toEqual(['Planned Sent']);
    expect(worker.facts.failure).toBeUndefined();
  });

  test('whose record is refused for ever ends to wait after 12 hours, and is not sent its notice again', async () => {
    const { run, messages, recorded, logged, outcomes, worker } = workerOf({
      adds: () => Promise.reject(new Error('status.notices is invalid')),
    });
    await run(noticeOf());
    expect(worker.facts.waiting).toBe(0);
    await run(noticeOf());
    expect(messages).toHaveLength(1);
    expect(recorded).toEqual([]);
    expect(outcomes).toEqual(['Planned Sent']);
    expect(logged.at(-1)?.message).toBe('notice sent and never recorded');
  });
});
