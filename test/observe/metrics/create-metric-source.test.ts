import { expect, test } from 'vitest';
import { createMetricSource, metricSourceSettings } from '../../../src/observe/metrics/create-metric-source.ts';

const entries: Readonly<Record<string, object>> = {
  prometheus: { url: 'http://prometheus:9090' },
  datadog: { url: 'https://api.datadoghq.eu', apiKeyFile: '/keys/api', applicationKeyFile: '/keys/application' },
};

test('every kind of metric source is made from its own settings', () => {
  expect(metricSourceSettings.options.map(({ shape }) => shape.type.value)).toEqual(Object.keys(entries));
  for (const [type, entry] of Object.entries(entries))
    expect(createMetricSource(metricSourceSettings.parse({ type, ...entry })).type).toBe(type);
});

test('one kind takes no settings of another', () => {
  expect(() => metricSourceSettings.parse({ type: 'datadog', ...entries.prometheus })).toThrow('apiKeyFile');
});
