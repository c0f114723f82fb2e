import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { readOwnFacts } from '../../../../charts/facts/read-facts.ts';
import { synthesizeOwnFacts } from '../../../support/pages/manifests.ts';

const files = synthesizeOwnFacts();

describe.each(readOwnFacts().environments.map(({ name }) => [name]))('the connections of %s', environment => {
  const objects = [...files].filter(([file]) => file.startsWith(`${environment}/`)).map(([, text]) => parse(text));
  const kind = (wanted: string) => objects.filter(object => object.kind === wanted);
  const pods = kind('Deployment').map(({ spec }) => spec.template.spec);
  const maps = kind('ConfigMap').filter(({ metadata }) => metadata.name.startsWith('postgres-'));

  test('take no address from a secret: that of CloudNativePG is the primary, past the pooler', () => {
    const keys = pods.flatMap(({ volumes }) =>
      volumes.flatMap((volume: { projected?: { sources: { secret?: { items: { key: string }[] } }[] } }) =>
        (volume.projected?.sources ?? []).flatMap(({ secret }) => (secret?.items ?? []).map(({ key }) => key)),
      ),
    );
    expect([...new Set<string>(keys)].sort()).toEqual(['ca.crt', 'dbname', 'password', 'username']);
  });

  test('lead to a pooler of each shard, or to the name of one store outside', () => {
    const poolers = kind('Pooler').map(({ metadata }) => metadata.name);
    const outside = kind('Service')
      .filter(({ spec }) => spec.type === 'ExternalName')
      .map(({ metadata }) => metadata.name);
    const hosts = maps.flatMap(({ data }) => data.SHARDS.split(',').map((address: string) => address.split(':')[0]));
    expect(hosts.length).toBeGreaterThan(5);
    expect(hosts.filter(host => !(poolers.length > 0 ? poolers : outside).includes(host))).toEqual([]);
  });

  test('find the shard map that they name', () => {
    const names = maps.map(({ metadata }) => metadata.name);
    const read = pods.flatMap(({ containers }) =>
      containers[0].envFrom.map((each: { configMapRef: { name: string } }) => each.configMapRef.name),
    );
    expect(read.filter((name: string) => name.startsWith('postgres-') && !names.includes(name))).toEqual([]);
    expect(read.some((name: string) => name.startsWith('postgres-orders-shards-'))).toBe(true);
  });

  test('are no more at the ceilings than the poolers take, and the poolers’ no more than the servers’', () => {
    const clusters = kind('Cluster');
    for (const { metadata, spec } of clusters) {
      const [pooler] = kind('Pooler').filter(each => each.spec.cluster.name === metadata.name);
      const { default_pool_size: size, max_client_conn: clients } = pooler.spec.pgbouncer.parameters;
      expect(pooler.spec.instances * size).toBeLessThan(Number(spec.postgresql.parameters.max_connections));
      const domain = metadata.name.replace(/^postgres-(.*)-\d+$/, '$1');
      const asked = readOwnFacts().services.flatMap(({ name, uses }) => {
        const { perReplica = 0 } = uses.find(({ limit }) => limit === `postgres-${domain}`) ?? {};
        const target = kind('ScalingTarget').find(each => each.metadata.name === name);
        return perReplica * target.spec.ceiling;
      });
      expect(asked.reduce((sum, each) => sum + each, 0)).toBeLessThanOrEqual(pooler.spec.instances * clients);
    }
  });
});
