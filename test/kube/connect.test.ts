import { expect, test } from 'vitest';
import { connect } from '../../src/kube/connect.ts';
import { autoscalers } from '../../src/kube/resources/resource-kind.ts';
import { json, scriptedServer } from './scripted-server.ts';

test('a fenced connection reads, and asks its fence before each write', async () => {
  await using server = await scriptedServer(json(200, { metadata: { name: 'checkout' } }));
  const connection = await connect({ server: server.url });
  let asked = 0;
  const fence = {
    deadlineMs: 5_000,
    check: () => {
      asked += 1;
      throw new Error('another leads');
    },
  };
  const resource = connection.fenced(fence).resource(autoscalers);
  const ref = { name: 'checkout', namespace: 'shop' };
  expect(await resource.get(ref)).toMatchObject({ metadata: { name: 'checkout' } });
  expect(asked).toBe(0);
  await expect(resource.merge(ref, { spec: { minReplicas: 5 } })).rejects.toThrow('another leads');
  await expect(resource.delete(ref)).rejects.toThrow('another leads');
  expect(asked).toBe(2);
  expect(server.asked.map(({ method }) => method)).toEqual(['GET']);
  connection.close();
});
