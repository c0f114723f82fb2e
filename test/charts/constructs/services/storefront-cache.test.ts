import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { readOwnFacts } from '../../../../charts/facts/read-facts.ts';
import { synthesize } from '../../../../charts/synthesize.ts';

const own = readOwnFacts();

test('a storefront without a Redis asks for the disk that its pages may take', () => {
  const services = own.services.map(each => (each.role === 'Storefront' ? { ...each, uses: [] } : each));
  const files = synthesize({ ...own, services }, { image: 'headstart:0', definitions: [] });
  const read = (file: string) => parse(files.get(`demo/storefront/${file}`) ?? '');
  const { containers, volumes } = read('deployment.storefront.yaml').spec.template.spec;
  const [{ resources, volumeMounts }] = containers;
  const path = read('configmap.storefront-cache.yaml').data.ISR_CACHE_PATH;
  const mount = volumeMounts.find((each: { mountPath: string }) => each.mountPath === path);
  const limits = volumes.map((each: { emptyDir?: { sizeLimit: string } }) =>
    Number.parseInt(each.emptyDir?.sizeLimit ?? '0', 10),
  );
  expect(volumes.find((each: { name: string }) => each.name === mount?.name).emptyDir.sizeLimit).toBe('2048Mi');
  expect(Number.parseInt(resources.requests['ephemeral-storage'], 10)).toBeGreaterThanOrEqual(
    limits.reduce((sum: number, each: number) => sum + each, 0),
  );
});
