import { expect, test } from 'vitest';
import { planOf } from '../../support/shop/apply-planned.ts';

/** What the policy's condition `Accepted` says beside a setting with these channels. */
function accepted(channel: string, channels?: readonly string[]): string | undefined {
  const { plan } = planOf({
    now: '2026-11-27T12:00:00Z',
    policy: { notify: { channel } },
    ...(channels === undefined ? {} : { limits: { channels } }),
    targets: { gateway: { forecast: 30, spec: { entryPoint: true } } },
  });
  const policy = plan.others.find(({ kind }) => kind === 'ScalingPolicy');
  return policy?.conditions.find(({ type }) => type === 'Accepted')?.message;
}

test.each([
  ['is known', 'shop', ['shop'], 'The policy is in force.'],
  ['cannot be known, in a file', 'shop', undefined, 'The policy is in force.'],
  [
    'is misspelt',
    'sohp',
    ['pager', 'shop'],
    "The policy is in force. Nobody is notified: channels of the operator's settings has no sohp; did you mean shop?",
  ],
  [
    'is unknown',
    'shop',
    [],
    "The policy is in force. Nobody is notified: channels of the operator's settings has no shop.",
  ],
])('a channel that %s', (_, channel, channels, told) => {
  expect(accepted(channel, channels)).toBe(told);
});
