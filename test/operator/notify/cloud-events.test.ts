import { expect, test } from 'vitest';
import { cloudEvent, cloudEventsChannel } from '../../../src/operator/notify/cloud-events.ts';
import { neverAborted, noticeOf, secretFile } from '../../support/notify/notices.ts';
import { startReceiver } from '../../support/notify/receiver.ts';

test('a notice is posted as a CloudEvent 1.0 in structured mode, with the token of a file', async () => {
  const receiver = await startReceiver();
  const channel = cloudEventsChannel({ url: `${receiver.url}/events`, tokenFile: secretFile('s3cret') });
  await channel.send([noticeOf({ kind: 'AtRisk', about: 'NoGo' })], neverAborted);
  const [{ headers, body, path } = { headers: {}, body: '', path: '' }] = receiver.received;
  expect(path).toBe('/events');
  expect(headers).toMatchObject({
    'content-type': 'application/cloudevents+json; charset=utf-8',
    authorization: 'Bearer s3cret',
  });
  expect(JSON.parse(body)).toEqual({
    specversion: '1.0',
    id: 'uid-1.AtRisk.NoGo',
    source: '/apis/headstart.dev/v1alpha1/namespaces/marketplace/flashsales/drop',
    type: 'dev.headstart.sale.atrisk',
    subject: 'drop-20261127-1900',
    time: '2026-11-20T12:00:00Z',
    datacontenttype: 'application/json',
    data: {
      kind: 'AtRisk',
      about: 'NoGo',
      namespace: 'marketplace',
      sale: 'drop',
      salePlan: 'drop-20261127-1900',
      startTime: '2026-11-27T19:00:00Z',
      endTime: '2026-11-27T21:00:00Z',
      message: 'The sale is planned.',
    },
  });
});

test('its required attributes are not empty, and its id is the same at each attempt', () => {
  const [first, second] = [cloudEvent(noticeOf()), cloudEvent(noticeOf({ time: 0 }))];
  for (const attribute of ['id', 'source', 'specversion', 'type'] as const) expect(first[attribute]).not.toBe('');
  expect(second.id).toBe(first.id);
});

test('a token file that is missing is named, and nothing is sent', async () => {
  const receiver = await startReceiver();
  const channel = cloudEventsChannel({ url: receiver.url, tokenFile: '/nowhere/token' });
  await expect(channel.send([noticeOf()], neverAborted)).rejects.toThrow('the file /nowhere/token cannot be read.');
  expect(receiver.received).toEqual([]);
});
