import { expect, test } from 'vitest';
import { deployment, findingsOf } from '../../support/validate/findings-of.ts';

const told = (hook: number, grace: number) => [
  `error Deployment shop/shop: container web sleeps ${hook} s in preStop, but the pod is killed after ${grace} s: set terminationGracePeriodSeconds above ${hook} and what requests in progress take`,
];

test.each([
  ['a hook as long as the grace period', 'sleep: { seconds: 30 }', '', told(30, 30)],
  [
    'a sleep in a command',
    'exec: { command: [sh, -c, "sleep 20 && nginx -s quit"] }',
    'terminationGracePeriodSeconds: 15',
    told(20, 15),
  ],
  ['a sleep in minutes', 'exec: { command: [/bin/sleep, 1m] }', '', told(60, 30)],
  ['nothing of a shorter hook', 'sleep: { seconds: 15 }', '', []],
  ['nothing of another command', 'exec: { command: [/wait-shutdown] }', 'terminationGracePeriodSeconds: 1', []],
])('tells %s', (_title, hook, pod, expected) => {
  expect(findingsOf('grace-period', deployment(`lifecycle: { preStop: { ${hook} } }`, pod))).toEqual(expected);
});
