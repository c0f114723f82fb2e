import { expect, test } from 'vitest';
import { datadogEventsChannel } from '../../../src/operator/notify/datadog-events.ts';
import { neverAborted, noticeOf, secretFile } from '../../support/notify/notices.ts';
import { type Answer, answersWith, startReceiver } from '../../support/notify/receiver.ts';

async function open(answer: Answer) {
  const receiver = await startReceiver(answer);
  const keys = { apiKeyFile: secretFile('api'), applicationKeyFile: secretFile('application') };
  return { receiver, channel: datadogEventsChannel({ url: receiver.url, ...keys }) };
}

test('a notice is an event that is grouped by the date of its sale', async () => {
  const { receiver, channel } = await open(answersWith(202, '{"status":"ok"}', { 'content-type': 'application/json' }));
  await channel.send([noticeOf({ kind: 'AtRisk', about: 'NoGo', message: 'Too late.' })], neverAborted);
  const [{ path, headers, body } = { path: '', headers: {}, body: '{}' }] = receiver.received;
  expect(path).toBe('/api/v1/events');
  expect(headers).toMatchObject({ 'dd-api-key': 'api' });
  expect(JSON.parse(body)).toEqual({
    title: 'drop: at risk',
    text: 'Too late. (sale of 2026-11-27T19:00:00Z)',
    aggregation_key: 'headstart-marketplace-drop-20261127-1900',
    alert_type: 'error',
    source_type_name: 'kubernetes',
    tags: ['service:headstart', 'kube_namespace:marketplace', 'sale:drop', 'notice:atrisk'],
  });
});

test.each([
  ['a refusal', answersWith(403, '{"errors":["Forbidden"]}'), 'answered 403: look at its token'],
  ['a page of HTML', answersWith(200, '<html></html>'), 'page of HTML'],
  ['something else than JSON', answersWith(200, 'ok'), 'something else than JSON'],
] as [string, Answer, string][])('%s is told in a sentence', async (_, answer, told) => {
  const { channel } = await open(answer);
  await expect(channel.send([noticeOf()], neverAborted)).rejects.toMatchObject({
    code: 'HEADSTART_NOTIFY',
    message: expect.stringContaining(told),
  });
});
