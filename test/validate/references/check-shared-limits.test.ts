import { expect, test } from 'vitest';
import { validateManifests } from '../../../src/validate/validate-manifests.ts';

const target = (limit: string) =>
  [
    'apiVersion: headstart.dev/v1alpha1',
    'kind: ScalingTarget',
    'metadata: { name: orders, namespace: shop }',
    'spec:',
    '  workloadRef: { name: orders }',
    '  baseline: { minReplicas: 4, maxReplicas: 12 }',
    '  ceiling: 60',
    '  capacityPerReplica: "10"',
    '  demand: { query: up }',
    `  uses: [{ limit: ${limit}, perReplica: 10 }]`,
    '',
  ].join('\n');
const policy = (spec: string, namespace = 'shop') =>
  `---\napiVersion: headstart.dev/v1alpha1\nkind: ScalingPolicy\nmetadata: { name: default, namespace: ${namespace} }\nspec: ${spec}\n`;

test.each([
  ['stated', policy('{ limits: [{ name: postgres, total: 400 }] }'), []],
  [
    'misspelt',
    policy('{ limits: [{ name: postgress, total: 400 }] }'),
    [
      '10 warning uses limit postgres, which is not stated by the ScalingPolicy: it binds nothing; did you mean postgress?',
    ],
  ],
  [
    'not stated',
    policy('{}'),
    ['10 warning uses limit postgres, which is not stated by the ScalingPolicy: it binds nothing'],
  ],
  [
    'stated in another namespace',
    policy('{ limits: [{ name: postgres, total: 400 }] }', 'other'),
    [
      '10 warning uses limit postgres, which is not stated, for there is no ScalingPolicy among the files: it binds nothing',
    ],
  ],
  ['perhaps stated by a policy that cannot be read', policy('{ limits: [{ name: postgres }] }'), []],
])('a limit that is used and %s', (_title, text, expected) => {
  const { findings } = validateManifests(new Map([['a.yaml', `${target('postgres')}${text}`]]));
  const found = findings.filter(({ code }) => code === 'unstated-limit');
  expect(found.map(({ line, severity, message }) => `${line} ${severity} ${message}`)).toEqual(expected);
});
