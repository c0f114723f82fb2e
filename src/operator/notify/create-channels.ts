import { z } from 'zod';
import { ownValue } from '../../api/names/own-value.ts';
import type { metricSourceSettings } from '../../observe/metrics/create-metric-source.ts';
import type { Channel } from './channel.ts';
import { cloudEventsChannel, cloudEventsSettings } from './cloud-events.ts';
import { datadogEventsChannel, datadogEventsSettings } from './datadog-events.ts';
import { slackChannel, slackSettings } from './slack.ts';

/** One entry of `channels` in the operator's settings; addresses and secrets never stand in a custom resource. */
export const channelSettings = z.discriminatedUnion('type', [
  cloudEventsSettings,
  slackSettings,
  datadogEventsSettings,
]);

type ChannelSettings = Readonly<Record<string, z.output<typeof channelSettings>>>;
type SourceSettings = Readonly<Record<string, z.output<typeof metricSourceSettings>>>;

/** Says what is wrong with a channel beside the sources; undefined where nothing is. */
export function describeChannelFault(
  channel: z.output<typeof channelSettings>,
  sources: SourceSettings,
): string | undefined {
  if (channel.type !== 'datadog') return undefined;
  const known = Object.keys(sources).filter(name => ownValue(sources, name)?.type === 'datadog');
  if (known.includes(channel.source)) return undefined;
  const has = known.length === 0 ? 'sources has none' : `sources has ${known.join(', ')}`;
  return `must be the name of a source of type datadog, got ${channel.source}; ${has}`;
}

/** Creates the channels of the settings by name. */
export function createChannels(channels: ChannelSettings, sources: SourceSettings): ReadonlyMap<string, Channel> {
  return new Map(
    Object.entries(channels).flatMap(([name, settings]): [string, Channel][] => {
      if (settings.type === 'cloudevents') return [[name, cloudEventsChannel(settings)]];
      if (settings.type === 'slack') return [[name, slackChannel(settings)]];
      const source = ownValue(sources, settings.source);
      return source?.type === 'datadog' ? [[name, datadogEventsChannel(source)]] : [];
    }),
  );
}
