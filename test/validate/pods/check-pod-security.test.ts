import { expect, test } from 'vitest';
import { deployment, findingsOf } from '../../support/validate/findings-of.ts';

const namespace = (level: string) =>
  `{ apiVersion: v1, kind: Namespace, metadata: { name: shop, labels: { pod-security.kubernetes.io/enforce: ${level} } } }\n`;
const hardened =
  'securityContext: { allowPrivilegeEscalation: false, runAsNonRoot: true, capabilities: { drop: [ALL] }, seccompProfile: { type: RuntimeDefault } }';
const told = (level: string, message: string) =>
  `error Deployment shop/shop: namespace shop enforces the level ${level}, which refuses the pods: ${message}`;

test.each([
  ['privileged', deployment('securityContext: { privileged: true }', 'hostNetwork: true'), []],
  ['baseline', deployment(), []],
  ['baseline', deployment('securityContext: { privileged: true }'), ['container web is privileged']],
  ['baseline', deployment('', 'hostNetwork: true, hostPID: true'), ['hostNetwork is true', 'hostPID is true']],
  ['baseline', deployment('ports: [{ containerPort: 80, hostPort: 80 }]'), ['container web takes port 80 of the node']],
  ['baseline', deployment('', 'volumes: [{ name: a, hostPath: { path: /var } }]'), ['volume a is a path of the node']],
  [
    'baseline',
    deployment('securityContext: { capabilities: { add: [NET_ADMIN, CHOWN] } }'),
    ['container web adds the capability NET_ADMIN'],
  ],
  [
    'baseline',
    deployment(
      '',
      'securityContext: { seccompProfile: { type: Unconfined }, sysctls: [{ name: kernel.msgmax, value: "1" }] }',
    ),
    ['sysctl kernel.msgmax is not safe', 'the pod has no seccomp profile (Unconfined)'],
  ],
  ['restricted', deployment(hardened), []],
  [
    'restricted',
    deployment(
      'securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: [ALL], add: [NET_BIND_SERVICE] } }',
      'securityContext: { runAsNonRoot: true, seccompProfile: { type: Localhost } }',
    ),
    [],
  ],
  [
    'restricted',
    deployment(),
    [
      'container web may run as root: state runAsNonRoot: true',
      'container web lacks allowPrivilegeEscalation: false',
      'container web lacks capabilities: { drop: [ALL] }',
      'container web has the seccomp profile none: state RuntimeDefault',
    ],
  ],
  [
    'restricted',
    deployment(
      hardened.replace('runAsNonRoot', 'runAsUser: 0, runAsNonRoot').replace('[ALL]', '[ALL], add: [CHOWN]'),
      'volumes: [{ name: a, nfs: { server: b, path: /c } }]',
    ),
    ['volume a is of the kind nfs', 'container web runs as user 0, root', 'container web adds the capability CHOWN'],
  ],
])('level %s of the namespace', (level, text, messages) => {
  expect(findingsOf('pod-security', namespace(level), text).toSorted()).toEqual(
    messages.map(message => told(level, message)).toSorted(),
  );
});

test('nothing is known of a namespace that is not among the manifests', () => {
  expect(findingsOf('pod-security', deployment('securityContext: { privileged: true }'))).toEqual([]);
});
