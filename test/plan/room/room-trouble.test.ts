import { expect, test } from 'vitest';
import type { PodsObservation } from '../../../src/observe/capacity/capacity-observation.ts';
import { roomTrouble } from '../../../src/plan/room/room-trouble.ts';
import { type GivenTarget, observationOf } from '../../support/shop/planned-namespace.ts';
import { type GivenPlaceholder, placeholderOf } from '../../support/shop/rooms/given-placeholders.ts';

const shape = (cpu: string) => ({ containers: [{ name: 'app', resources: { requests: { cpu } } }] });
const right = { missing: [{ verb: 'patch', group: 'apps', resource: 'deployments/scale' } as const] };
const pods = (priority: number): PodsObservation => ({ readySince: [1], unready: [], priority });

function troubleOf(placeholders: readonly Partial<GivenPlaceholder>[], given: GivenTarget = {}, priority?: number) {
  const now = '2026-11-27T18:00:00Z';
  const { targets } = observationOf({ now, targets: { checkout: { workload: { pod: shape('500m') }, ...given } } });
  const [target] = targets;
  if (target === undefined) throw new Error('no target');
  const observed = priority === undefined ? target : { ...target, pods: pods(priority) };
  const all = placeholders.map(one => placeholderOf({ target: 'checkout', pod: shape('500m'), ...one }, 0));
  return roomTrouble(observed, all, undefined);
}

test.each<[string, ReturnType<typeof troubleOf>, string | undefined, string]>([
  ['a placeholder of the same size', troubleOf([{}]), undefined, ''],
  ['none', troubleOf([]), 'Leave', 'no Deployment has the label headstart.dev/placeholder-for: checkout'],
  ['one that an HPA scales', troubleOf([{ conflict: 'an HPA scales it' }]), 'Leave', 'an HPA scales it'],
  ['one without a PriorityClass', troubleOf([{ priorityClassName: undefined as never }]), 'Close', 'no PriorityClass'],
  ['pods of the same priority', troubleOf([{ pods: { priority: 0 } }], {}, 0), 'Close', 'not below the 0 of the pods'],
  ['pods of lower priority', troubleOf([{ pods: { priority: -10 } }], {}, 0), undefined, ''],
  ['pods of unknown priority', troubleOf([{ pods: {} }], {}, 0), undefined, ''],
  [
    'one that requests nothing',
    troubleOf([{ pod: { containers: [{}] } }]),
    'Close',
    'checkout-placeholder request nei',
  ],
  [
    'a target that does',
    troubleOf([{}], { workload: { pod: { containers: [{}] } } }),
    'Close',
    'of checkout request nei',
  ],
  ['smaller pods', troubleOf([{ pod: shape('499m') }]), 'Tell', 'request less than those of checkout'],
  ['two', troubleOf([{}, { name: 'other' }]), 'Tell', 'of which checkout-placeholder is used'],
  ['two, one with a conflict', troubleOf([{ conflict: 'no' }, { name: 'other' }]), 'Tell', 'of which other is used'],
])('%s', (_, trouble, action, message) => {
  expect(trouble?.action).toBe(action);
  expect(trouble?.message ?? '').toContain(message);
});

test('a right that is missing leaves it alone', () => {
  const placeholder = placeholderOf({ target: 'checkout' }, 0);
  const target = { metadata: { name: 'checkout' } } as never;
  const trouble = roomTrouble({ target, workload: { missing: 'no' } }, [placeholder], right);
  expect(trouble).toMatchObject({ action: 'Leave' });
  expect(trouble?.message).toContain('no right to patch deployments.apps/scale');
});
