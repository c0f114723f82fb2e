import { expect } from 'vitest';
import type { Contract } from '../contract.ts';

export const limitsContract: Contract = {
  'a LimitRange gives containers what follows from its limits': async api => {
    const limits = [
      { type: 'Container', max: { cpu: '2', memory: '4Gi' }, min: { cpu: '100m' }, default: { cpu: '1' } },
      { type: 'Pod', max: { cpu: '4' } },
    ];
    const { status, body } = await api.create(api.limitRanges, { metadata: { name: api.name() }, spec: { limits } });
    expect(status).toBe(201);
    expect(body.spec.limits).toEqual([
      { ...limits[0], default: { cpu: '1', memory: '4Gi' }, defaultRequest: { cpu: '1', memory: '4Gi' } },
      limits[1],
    ]);
    await api.delete(api.limitRanges, body.metadata.name);
  },

  'a ResourceQuota states what a namespace may use, and others what it uses': async api => {
    const hard = { 'count/secrets': '5', 'count/ingresses.networking.k8s.io': '7' };
    const { status, body } = await api.create(api.resourceQuotas, { metadata: { name: api.name() }, spec: { hard } });
    expect(status).toBe(201);
    expect(body.spec).toEqual({ hard });
    const patch = { status: { hard, used: { 'count/ingresses.networking.k8s.io': '0' } } };
    const answer = await api.merge(api.resourceQuotas, `${body.metadata.name}/status`, patch);
    expect(answer.status).toBe(200);
    expect(answer.body.status).toMatchObject(patch.status);
    await api.delete(api.resourceQuotas, body.metadata.name);
  },
};
