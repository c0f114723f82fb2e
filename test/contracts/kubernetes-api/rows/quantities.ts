import { expect } from 'vitest';
import type { Contract } from '../contract.ts';
import type { ApiDriver } from '../driver.ts';
import { expectRefusal } from '../expectations.ts';

/** The request of CPU as it is stored. */
async function storedRequest(api: ApiDriver, cpu: unknown) {
  const containers = [{ name: 'main', image: 'registry.example/idle:1', resources: { requests: { cpu } } }];
  const labels = { app: 'idle' };
  const spec = {
    replicas: 0,
    selector: { matchLabels: labels },
    template: { metadata: { labels }, spec: { containers } },
  };
  const answer = await api.create(api.deployments, { metadata: { name: api.name() }, spec }, 'dryRun=All');
  return { answer, cpu: answer.body.spec?.template.spec.containers[0].resources.requests.cpu };
}

const stored: readonly (readonly [unknown, string])[] = [
  ['0.5', '500m'],
  ['1000m', '1'],
  [2, '2'],
  [0.25, '250m'],
  ['1e3', '1e3'],
  ['1.5Gi', '1536Mi'],
  ['1024Ki', '1Mi'],
  ['0', '0'],
];

export const quantitiesContract: Contract = {
  ...Object.fromEntries(
    stored.map(([given, kept]): [string, Contract[string]] => [
      `${JSON.stringify(given)} is stored as "${kept}"`,
      async api => {
        expect((await storedRequest(api, given)).cpu).toBe(kept);
      },
    ]),
  ),

  'what is no quantity is 400': async api => {
    expectRefusal((await storedRequest(api, 'half a core')).answer, 400, 'BadRequest');
  },
};
