import { describe, expect, test } from 'vitest';
import { ApiError } from '../../../src/kube/api-error.ts';
import type { EventDraft } from '../../../src/kube/events/event-draft.ts';
import { EventRecorder, type EventRecorderOptions } from '../../../src/kube/events/event-recorder.ts';

const start = Date.parse('2026-11-27T19:00:00Z');
const raised: EventDraft = {
  regarding: {
    apiVersion: 'headstart.dev/v1alpha1',
    kind: 'ScalingTarget',
    metadata: { name: 'checkout', namespace: 'shop', uid: 'uid-1', resourceVersion: '7' },
  },
  type: 'Normal',
  reason: 'BoundsRaised',
  action: 'Raise',
  note: 'minReplicas 4 → 35',
};

/** A recorder on a clock that the test moves, and what reaches the server. */
function recorder(answer: () => void = () => {}) {
  const sent: string[] = [];
  const bodies: unknown[] = [];
  const errors: unknown[] = [];
  const clock = { time: start, now: () => clock.time };
  const events: EventRecorderOptions['events'] = {
    create: async event => {
      answer();
      sent.push(`create ${event.note}${event.series ? ` ×${event.series.count}` : ''}`);
      bodies.push(event);
      return {} as never;
    },
    merge: async (_, patch) => {
      answer();
      sent.push(`series ×${patch.series?.count}`);
      return {} as never;
    },
  };
  const made = new EventRecorder({ events, instance: 'pod-1', clock, onError: error => errors.push(error) });
  return { recorder: made, sent, bodies, errors, clock };
}

describe('an event', () => {
  test('says what the API asks for', async () => {
    const { recorder: events, bodies } = recorder();
    events.recordEvent({ ...raised, note: 'x'.repeat(2000) });
    await events.flush();
    expect(bodies[0]).toMatchObject({
      metadata: { namespace: 'shop', name: expect.stringMatching(/^checkout\.[0-9a-f]+$/) },
      regarding: { kind: 'ScalingTarget', name: 'checkout', uid: 'uid-1' },
      eventTime: '2026-11-27T19:00:00.000000Z',
      reportingController: 'headstart.dev/operator',
      reportingInstance: 'pod-1',
      action: 'Raise',
      reason: 'BoundsRaised',
      type: 'Normal',
      note: 'x'.repeat(1024),
    });
  });

  test.each([
    ['letters of two bytes', 'ä'.repeat(2000), 'ä'.repeat(512)],
    ['signs of three bytes', `ab${'€'.repeat(2000)}`, `ab${'€'.repeat(340)}`],
    ['signs of four bytes', `a${'🔥'.repeat(2000)}`, `a${'🔥'.repeat(255)}`],
    ['families of eighteen bytes', '👨‍👩‍👧'.repeat(100), '👨‍👩‍👧'.repeat(56)],
  ])('keeps to 1,024 bytes with %s, and ends in a whole one', async (_title, note, kept) => {
    const { recorder: events, bodies } = recorder();
    events.recordEvent({ ...raised, note });
    await events.flush();
    expect(bodies[0]).toMatchObject({ note: kept });
    expect(Buffer.byteLength(kept)).toBeLessThanOrEqual(1024);
  });

  test.each<[string, (events: EventRecorder, clock: { time: number }) => Promise<void>, readonly string[]]>([
    [
      'said once is one event',
      async events => {
        events.recordEvent(raised);
      },
      ['create minReplicas 4 → 35'],
    ],
    [
      'said again is a count on the first',
      async events => {
        events.recordEvent(raised);
        await events.flush();
        events.recordEvent(raised);
      },
      ['create minReplicas 4 → 35', 'series ×2'],
    ],
    [
      'said every second is written once a minute, and at the end',
      async (events, clock) => {
        for (let i = 0; i < 100; i += 1) {
          events.recordEvent(raised);
          await new Promise(setImmediate);
          clock.time += 1000;
        }
      },
      ['create minReplicas 4 → 35', 'series ×2', 'series ×62', 'series ×100'],
    ],
    [
      'said again after the window is a new one',
      async (events, clock) => {
        events.recordEvent(raised);
        clock.time += 700_000;
        events.recordEvent(raised);
      },
      ['create minReplicas 4 → 35', 'create minReplicas 4 → 35'],
    ],
    [
      'about another object is another',
      async events => {
        events.recordEvent(raised);
        events.recordEvent({ ...raised, regarding: { ...raised.regarding, metadata: { name: 'cart', uid: 'uid-2' } } });
      },
      ['create minReplicas 4 → 35', 'create minReplicas 4 → 35'],
    ],
  ])('%s', async (_, say, sent) => {
    const made = recorder();
    await say(made.recorder, made.clock);
    await made.recorder.flush();
    expect(made.sent).toEqual(sent);
  });

  test('in fifty wordings of one reason becomes eleven events', async () => {
    const { recorder: events, sent } = recorder();
    for (let i = 0; i < 50; i += 1) events.recordEvent({ ...raised, note: `minReplicas 4 → ${i}` });
    await events.flush();
    expect(sent).toHaveLength(11);
    expect(sent.at(-1)).toBe('create (combined from similar events) minReplicas 4 → 10 ×40');
  });
});

describe('the recorder', () => {
  test('never throws: what could not be recorded is told to onError, and tried once more at the end', async () => {
    const { recorder: events, errors } = recorder(() => {
      throw new ApiError(403, { reason: 'Forbidden' }, 'POST events');
    });
    events.recordEvent(raised);
    await events.flush();
    expect(errors).toEqual([expect.objectContaining({ status: 403 }), expect.objectContaining({ status: 403 })]);
  });

  test('writes an event anew when the server has forgotten it', async () => {
    let forgotten = false;
    const {
      recorder: events,
      sent,
      errors,
    } = recorder(() => {
      if (!forgotten) return;
      forgotten = false;
      throw new ApiError(404, { reason: 'NotFound' }, 'PATCH event');
    });
    events.recordEvent(raised);
    await events.flush();
    forgotten = true;
    events.recordEvent(raised);
    await events.flush();
    expect(sent).toEqual(['create minReplicas 4 → 35', 'create minReplicas 4 → 35 ×2']);
    expect(errors).toEqual([]);
  });

  test('drops what a server that does not answer would pile up', async () => {
    const { recorder: events, errors } = recorder();
    for (let i = 0; i < 1200; i += 1) {
      const metadata = { name: `target-${i}`, namespace: 'shop', uid: `uid-${i}` };
      events.recordEvent({ ...raised, regarding: { ...raised.regarding, metadata } });
    }
    expect(errors).toHaveLength(200);
    await events.flush();
  });
});
