import { spawnSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import { healthChecks } from '../../../../charts/constructs/delivery/health-checks.ts';
import { synthesizeOwnFacts } from '../../../support/pages/manifests.ts';

const interpreter = ['lua5.1', 'luajit', 'lua', 'lua5.4'].find(name => spawnSync(name, ['-v']).status === 0);
const script = healthChecks()['resource.customizations.health.headstart.dev_FlashSale'] ?? '';

/** What Argo CD would make of an object: its status and message as Lua returns them. */
function healthOf(object: unknown): string {
  const program = `local function judge(obj)\n${script}end\nlocal health = judge(${toLua(object)})\nprint(health.status .. ": " .. tostring(health.message))`;
  const { status, stdout, stderr } = spawnSync(interpreter ?? 'lua', ['-'], { input: program, encoding: 'utf8' });
  expect(status, stderr).toBe(0);
  return stdout.trim();
}

function toLua(value: unknown): string {
  if (Array.isArray(value)) return `{${value.map(toLua).join(', ')}}`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  return `{${Object.entries(value)
    .map(([key, inner]) => `[${JSON.stringify(key)}] = ${toLua(inner)}`)
    .join(', ')}}`;
}

const condition = (type: string, status: string, message: string) => ({ type, status, message });
const sale = (status?: object) => ({ metadata: { generation: 2 }, ...(status && { status }) });

describe.skipIf(interpreter === undefined)(
  `Argo CD’s health of our kinds${interpreter === undefined ? ' (not run: there is no Lua interpreter on the path)' : ''}`,
  () => {
    test.each([
      ['nobody has looked at', sale(), 'Progressing: waiting for the operator'],
      ['has no conditions yet', sale({ observedGeneration: 2 }), 'Progressing: waiting for the operator'],
      [
        'is three weeks ahead and accepted',
        sale({
          observedGeneration: 2,
          conditions: [condition('Accepted', 'True', 'ok'), condition('Ready', 'True', 'due in 21 days')],
        }),
        'Healthy: due in 21 days',
      ],
      [
        'was changed since it was accepted',
        sale({ observedGeneration: 1, conditions: [condition('Ready', 'True', 'due')] }),
        'Progressing: waiting for the operator',
      ],
      [
        'is refused',
        sale({
          observedGeneration: 2,
          conditions: [
            condition('Ready', 'False', 'no'),
            condition('Stalled', 'True', 'Entry point a is no ScalingTarget'),
          ],
        }),
        'Degraded: Entry point a is no ScalingTarget',
      ],
      [
        'is being worked on',
        sale({ observedGeneration: 2, conditions: [condition('Ready', 'False', 'not yet')] }),
        'Progressing: waiting for the operator',
      ],
    ])('an object that %s', (_title, object, health) => {
      expect(healthOf(object)).toBe(health);
    });
  },
);

test('every kind of ours has its health in a patch of Argo CD’s ConfigMap, which nothing applies in its place', () => {
  const files = [...synthesizeOwnFacts()].filter(([, manifest]) => /^ {2}name: argocd-cm$/m.test(manifest));
  expect(files.map(([file]) => file)).toEqual(['delivery/argocd-cm-patch/configmap.argocd-cm.yaml']);
  const text = files[0]?.[1] ?? '';
  const kinds = ['FlashSale', 'SalePlan', 'ScalingPolicy', 'ScalingTarget'];
  expect(kinds.filter(kind => !text.includes(`resource.customizations.health.headstart.dev_${kind}`))).toEqual([]);
});
