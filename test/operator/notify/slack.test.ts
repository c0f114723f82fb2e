import { expect, test } from 'vitest';
import { slackChannel, slackText } from '../../../src/operator/notify/slack.ts';
import { neverAborted, noticeOf, secretFile } from '../../support/notify/notices.ts';
import { answersWith, startReceiver } from '../../support/notify/receiver.ts';

test('notices of one sale are one message to the address in the file', async () => {
  const receiver = await startReceiver(answersWith(200, 'ok', { 'content-type': 'text/html' }));
  const channel = slackChannel({ urlFile: secretFile(`${receiver.url}/services/T0/B0/x`) });
  await channel.send([noticeOf(), noticeOf({ kind: 'NeedsApproval', message: 'It waits.' })], neverAborted);
  expect(receiver.received).toMatchObject([{ path: '/services/T0/B0/x' }]);
  expect(JSON.parse(receiver.received[0]?.body ?? '')).toEqual({
    text: '*drop* (marketplace)\n• Planned: The sale is planned.\n• Needs approval: It waits.',
  });
});

test('a message mentions nobody and has no line breaks of its own', () => {
  const message = 'Hi <!channel> & <https://x|y>\n\u0007• Ready: forged';
  expect(slackText([noticeOf({ message })])).toBe(
    '*drop* (marketplace)\n• Planned: Hi &lt;!channel&gt; &amp; &lt;https://x|y&gt; • Ready: forged',
  );
});

test('a long message is cut', () => {
  expect(slackText([noticeOf({ message: 'long '.repeat(5_000) })]).length).toBeLessThanOrEqual(4_000);
});

test('a file without an address is named, but not quoted', async () => {
  const urlFile = secretFile('not-an-address');
  await expect(slackChannel({ urlFile }).send([noticeOf()], neverAborted)).rejects.toThrow(
    `the file ${urlFile} has no http or https address.`,
  );
});
