import { expect, test } from 'vitest';
import { createChannels } from '../../../src/operator/notify/create-channels.ts';
import { parseSettings } from '../../../src/operator/settings/settings.ts';

const datadog = { type: 'datadog', url: 'https://api.datadoghq.eu', apiKeyFile: '/a', applicationKeyFile: '/b' };

test('each channel of the settings is created by its type', () => {
  const { channels, sources } = parseSettings({
    sources: { metrics: datadog },
    channels: {
      shop: { type: 'slack', urlFile: '/etc/headstart-credentials/shop' },
      events: { type: 'cloudevents', url: 'http://broker.events.svc/shop' },
      monitor: { type: 'datadog', source: 'metrics' },
    },
  });
  const created = [...createChannels(channels, sources)].map(([name, { type }]) => `${name} ${type}`);
  expect(created.sort()).toEqual(['events cloudevents', 'monitor datadog', 'shop slack']);
});

test.each([
  ['a source that is not there', { source: 'metrisc' }, 'sources has metrics'],
  ['a source of another type', { source: 'shop' }, 'sources has metrics'],
])('a Datadog channel with %s is refused', (_, channel, told) => {
  const sources = { metrics: datadog, shop: { type: 'prometheus', url: 'http://prometheus' } };
  const settings = { sources, channels: { monitor: { type: 'datadog', ...channel } } };
  expect(() => parseSettings(settings)).toThrow(told);
});

test.each([
  ['a Slack address as a value', { type: 'slack', url: 'https://hooks.slack.com/services/T/B/x' }, 'urlFile'],
  ['a token as a value', { type: 'cloudevents', url: 'http://x', token: 'abc' }, 'token'],
  ['a template', { type: 'cloudevents', url: 'http://x', template: '{{ .Sale }}' }, 'template'],
  ['a password in an address', { type: 'cloudevents', url: 'http://me:pw@x' }, 'user or password'],
])('%s is refused', (_, channel, told) => {
  expect(() => parseSettings({ channels: { shop: channel } })).toThrow(told);
});
