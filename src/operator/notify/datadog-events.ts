import { z } from 'zod';
import { formatInstant } from '../../api/instant.ts';
import { shortenToLength } from '../../api/shorten-text.ts';
import { openDatadog } from '../../observe/metrics/datadog-client.ts';
import type { Notice } from '../../plan/notices/notice.ts';
import { type Channel, DeliveryError } from './channel.ts';
import { readSecret } from './cloud-events.ts';
import { headlineOf } from './describe-notice.ts';
import { post } from './post.ts';

/** Event stream of a Datadog that is a metric source, in the operator's settings. */
export const datadogEventsSettings = z.strictObject({
  type: z.literal('datadog'),
  /** Name of a source of type `datadog`, whose address and keys are used. */
  source: z.string().min(1).max(63),
});

/** Address and keys of a Datadog. */
export interface DatadogReceiver {
  readonly url: string;
  readonly apiKeyFile: string;
  readonly applicationKeyFile: string;
  /** @default 15 */
  readonly timeoutSeconds?: number | undefined;
}

/** Longest text that Datadog takes, in characters. */
const longestText = 4_000;

/**
 * Creates a channel that posts each notice as an event; those of one date of a sale have the same aggregation key.
 *
 * @see https://docs.datadoghq.com/api/v1/events/#post-an-event
 */
export function datadogEventsChannel(receiver: DatadogReceiver): Channel {
  const { url, apiKeyFile, applicationKeyFile, timeoutSeconds = 15 } = receiver;
  return {
    type: 'datadog',
    isGrouped: false,
    gapMs: 0,
    async send(notices, signal) {
      const access = {
        url,
        apiKey: await readSecret(apiKeyFile),
        applicationKey: await readSecret(applicationKeyFile),
      };
      const { events } = await openDatadog(access, async request => {
        const { status, text } = await post({ ...request, timeoutSeconds }, signal);
        return { status, body: parseAnswer(text, request.url) };
      });
      for (const notice of notices)
        await events.createEvent({ body: datadogEvent(notice) }).catch(error => {
          throw error instanceof DeliveryError ? error : new DeliveryError(String(error), { cause: error });
        });
    },
  };
}

/** Returns a notice as an event of Datadog. */
export function datadogEvent({ kind, namespace, sale, salePlan, start, message }: Notice) {
  return {
    title: `${sale}: ${headlineOf(kind).toLowerCase()}`,
    text: shortenToLength(`${message} (sale of ${formatInstant(start)})`, longestText),
    aggregationKey: `headstart-${namespace}-${salePlan}`.slice(0, 100),
    alertType: alertTypes[kind],
    sourceTypeName: 'kubernetes',
    tags: ['service:headstart', `kube_namespace:${namespace}`, `sale:${sale}`, `notice:${kind.toLowerCase()}`],
  };
}

const alertTypes = {
  Planned: 'info',
  NeedsApproval: 'warning',
  AtRisk: 'error',
  Ready: 'success',
  RunningHot: 'warning',
  Ended: 'info',
  Restored: 'success',
  Report: 'info',
} as const satisfies Readonly<Record<Notice['kind'], string>>;

function parseAnswer(text: string, { origin }: URL): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new DeliveryError(`${origin} answered with something else than JSON: look at the address.`, { cause });
  }
}
