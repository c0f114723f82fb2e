import { expect, test } from 'vitest';
import { bufferTrouble } from '../../../src/plan/room/buffer-trouble.ts';
import { type GivenTarget, observationOf } from '../../support/shop/planned-namespace.ts';
import { type GivenPlaceholder, placeholderOf } from '../../support/shop/rooms/given-placeholders.ts';

const shape = (cpu: string) => ({ containers: [{ name: 'app', resources: { requests: { cpu } } }] });
const missing = (verb: 'list' | 'patch') => ({
  missing: [{ verb, group: 'autoscaling.x-k8s.io', resource: 'capacitybuffers' }],
});

function troubleOf(
  buffers: readonly Partial<GivenPlaceholder>[],
  { given = {}, rights }: { given?: GivenTarget; rights?: ReturnType<typeof missing> } = {},
) {
  const now = '2026-11-27T18:00:00Z';
  const { targets } = observationOf({ now, targets: { checkout: { workload: { pod: shape('500m') }, ...given } } });
  const [target] = targets;
  if (target === undefined) throw new Error('no target');
  const all = buffers.map(one =>
    placeholderOf({ target: 'checkout', name: 'checkout-sale', pod: shape('500m'), buffer: {}, ...one }, 0),
  );
  return bufferTrouble(target, all, rights);
}

test.each<[string, ReturnType<typeof troubleOf>, string | undefined, string]>([
  ['one of its size', troubleOf([{}]), undefined, ''],
  ['one of a size that is not known', troubleOf([{ pod: undefined as never }]), undefined, ''],
  ['none', troubleOf([]), 'Leave', 'v1beta1 has the label headstart.dev/placeholder-for: checkout'],
  ['no right to read it', troubleOf([{}], { rights: missing('list') }), 'Leave', 'no right to list capacitybuffers'],
  [
    'no right to change it',
    troubleOf([{}], { rights: missing('patch') }),
    'Leave',
    'no right to patch capacitybuffers',
  ],
  ['a percentage', troubleOf([{ buffer: { percentage: 20 } }]), 'Close', 'states percentage 20: beside replicas'],
  ['a percentage of nothing', troubleOf([{ buffer: { percentage: 0 } }]), 'Close', 'states percentage 0'],
  ['pods that request nothing', troubleOf([{ pod: { containers: [{}] } }]), 'Close', 'checkout-sale request neither'],
  [
    'a target that does',
    troubleOf([{}], { given: { workload: { pod: { containers: [{}] } } } }),
    'Close',
    'of checkout request neither',
  ],
  ['smaller pods', troubleOf([{ pod: shape('499m') }]), 'Tell', 'less than those of checkout'],
  ['two', troubleOf([{}, { name: 'other' }]), 'Tell', 'of which checkout-sale is used'],
])('%s', (_, trouble, action, message) => {
  expect(trouble?.action).toBe(action);
  expect(trouble?.message ?? '').toContain(message);
});

test('a CapacityBuffer that is not there is told with the command that makes one, with and without the right', () => {
  const mend = 'kubectl headstart placeholders checkout --capacity-buffer | kubectl apply -f - makes one.';
  expect(troubleOf([])?.mend).toBe(mend);
  expect(troubleOf([], { rights: missing('list') })?.mend).toBe('Apply install.yaml again, or bind its role.');
});
