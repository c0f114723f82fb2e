import { Counter, Gauge, type Registry } from 'prom-client';

/** Metrics of the channels that notices are sent to. */
export interface NotifyMetrics {
  readonly notices: Counter<'channel' | 'kind' | 'outcome'>;
  readonly noticesWaiting: Gauge<'channel'>;
  readonly channelFailing: Gauge<'channel'>;
}

/** Registers the metrics of notices in a registry. */
export function createNotifyMetrics(registry: Registry): NotifyMetrics {
  const registers = [registry];
  return {
    notices: new Counter({
      name: 'headstart_notices_total',
      help: 'Notices by channel, kind and what came of an attempt: Sent, Failed (tried again) or GivenUp (after 6 hours).',
      labelNames: ['channel', 'kind', 'outcome'],
      registers,
    }),
    noticesWaiting: new Gauge({
      name: 'headstart_notices_waiting',
      help: 'Notices that wait for a channel.',
      labelNames: ['channel'],
      registers,
    }),
    channelFailing: new Gauge({
      name: 'headstart_channel_failing',
      help: '1 while the newest attempt to send to a channel failed, else 0.',
      labelNames: ['channel'],
      registers,
    }),
  };
}
