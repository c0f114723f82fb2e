import { planOf } from '../apply-planned.ts';
import { eveningSale } from '../evening-sale.ts';
import type { Given } from '../planned-namespace.ts';

/** Requests of the pods in tests of rooms. */
export const shape = { containers: [{ name: 'app', resources: { requests: { cpu: '500m', memory: '1Gi' } } }] };
/** Three minutes before the raise. */
export const inTime = '2026-11-27T18:50:00Z';

/** The rooms of a namespace whose sale adds 25 pods of the gateway, three minutes before their raise. */
export function roomsOf(given: Partial<Given>) {
  const { plan } = planOf({
    now: inTime,
    policy: { nodeRoom: 'PlaceholderPods' },
    sales: [eveningSale],
    targets: {
      gateway: { forecast: 30, spec: { entryPoint: true }, pods: { ready: { 3600: 4 } }, workload: { pod: shape } },
    },
    ...given,
  });
  return { rooms: plan.rooms ?? [], findings: plan.sales[0]?.findings ?? [] };
}

/** A CapacityBuffer of the gateway, and what an autoscaler says of it that has room. */
export const gatewayBuffer = { target: 'gateway', name: 'gateway-sale', pod: shape, buffer: {} };
export const roomIsThere = {
  provided: 25,
  ready: { isTrue: true, reason: 'Resolved', message: '' },
  provisioning: { isTrue: true, reason: 'FitsExistingCapacity', message: '' },
};
