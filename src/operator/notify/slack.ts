import { z } from 'zod';
import { shortenToLength } from '../../api/shorten-text.ts';
import { secretFile, sourceUrl, timeoutSeconds } from '../../observe/metrics/source-settings.ts';
import type { Notice } from '../../plan/notices/notice.ts';
import { type Channel, DeliveryError } from './channel.ts';
import { readSecret } from './cloud-events.ts';
import { describeNotice } from './describe-notice.ts';
import { post } from './post.ts';

/** Incoming webhook of Slack, or of what takes the same, in the operator's settings. */
export const slackSettings = z.strictObject({
  type: z.literal('slack'),
  /** File with the webhook's address, which is a secret; read anew for each message. */
  urlFile: secretFile,
  /** @default 10 */
  timeoutSeconds: timeoutSeconds.optional(),
});

type SlackOptions = Readonly<Omit<z.output<typeof slackSettings>, 'type'>>;

/** Slack shortens texts above 40,000 characters; nobody reads so many. */
const longestText = 4_000;

/**
 * Creates a channel that posts what waits of one sale as one message, at most one a second.
 *
 * @see https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks
 * @see https://docs.slack.dev/apis/web-api/rate-limits
 */
export function slackChannel({ urlFile, timeoutSeconds: seconds = 10 }: SlackOptions): Channel {
  return {
    type: 'slack',
    isGrouped: true,
    gapMs: 1_000,
    async send(notices, signal) {
      const url = sourceUrl.safeParse(await readSecret(urlFile)).data;
      if (url === undefined) throw new DeliveryError(`the file ${urlFile} has no http or https address.`);
      const headers = { 'content-type': 'application/json; charset=utf-8' };
      const body = JSON.stringify({ text: slackText(notices) });
      await post({ url: new URL(url), headers, body, timeoutSeconds: seconds }, signal);
    },
  };
}

/** Returns notices of one sale as a text: its name, then a line for each. */
export function slackText(notices: readonly Notice[]): string {
  const [first] = notices;
  const title = first === undefined ? '' : `*${first.sale}* (${first.namespace})`;
  const lines = notices.map(notice => `• ${escapeText(describeNotice(notice))}`);
  return shortenToLength([title, ...lines].join('\n'), longestText);
}

/** Escapes the three characters with which Slack begins links and mentions. */
function escapeText(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
