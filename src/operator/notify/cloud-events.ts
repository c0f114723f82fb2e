import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { apiVersion, group } from '../../api/group.ts';
import { formatInstant } from '../../api/instant.ts';
import { secretFile, sourceUrl, timeoutSeconds } from '../../observe/metrics/source-settings.ts';
import { type Notice, noticeId } from '../../plan/notices/notice.ts';
import { type Channel, DeliveryError } from './channel.ts';
import { post } from './post.ts';

/** Receiver of CloudEvents in the operator's settings. */
export const cloudEventsSettings = z.strictObject({
  type: z.literal('cloudevents'),
  url: sourceUrl,
  /** File with a bearer token, read anew for each event. @default none */
  tokenFile: secretFile.optional(),
  /** @default 10 */
  timeoutSeconds: timeoutSeconds.optional(),
});

type CloudEventsOptions = Readonly<Omit<z.output<typeof cloudEventsSettings>, 'type'>>;

/**
 * Creates a channel that posts each notice as a CloudEvent 1.0 in structured mode. The `id` of a notice is always the
 * same, so that a receiver knows one that came twice.
 *
 * @see https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/bindings/http-protocol-binding.md#32-structured-content-mode
 */
export function cloudEventsChannel({ url, tokenFile, timeoutSeconds: seconds = 10 }: CloudEventsOptions): Channel {
  return {
    type: 'cloudevents',
    isGrouped: false,
    gapMs: 0,
    async send(notices, signal) {
      const token = tokenFile === undefined ? undefined : await readSecret(tokenFile);
      for (const notice of notices) {
        const headers = {
          'content-type': 'application/cloudevents+json; charset=utf-8',
          ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
        };
        const body = JSON.stringify(cloudEvent(notice));
        await post({ url: new URL(url), headers, body, timeoutSeconds: seconds }, signal);
      }
    },
  };
}

/** Returns a notice as a CloudEvent: `source` is the sale, `subject` the SalePlan of its date. */
export function cloudEvent(notice: Notice) {
  const { kind, about, namespace, sale, salePlan, start, end, time, message } = notice;
  return {
    specversion: '1.0',
    id: noticeId(notice),
    source: `/apis/${apiVersion}/namespaces/${namespace}/flashsales/${sale}`,
    type: `${group.split('.').reverse().join('.')}.sale.${kind.toLowerCase()}`,
    subject: salePlan,
    time: formatInstant(time),
    datacontenttype: 'application/json',
    data: {
      kind,
      ...(about === undefined ? {} : { about }),
      namespace,
      sale,
      salePlan,
      startTime: formatInstant(start),
      endTime: formatInstant(end),
      message,
    },
  };
}

/** Reads a secret from its file, without the line end. @throws DeliveryError naming the file */
export async function readSecret(file: string): Promise<string> {
  try {
    return (await readFile(file, 'utf8')).trim();
  } catch (cause) {
    throw new DeliveryError(`the file ${file} cannot be read.`, { cause });
  }
}
