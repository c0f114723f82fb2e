import { globSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parse, stringify } from 'yaml';
import { readOwnSchemas } from '../../src/cli/own-schemas.ts';
import { connect } from '../../src/kube/connect.ts';
import { readOpenApi } from '../../src/observe/schemas/look-at-schemas.ts';
import { prunedFields } from '../../src/observe/schemas/pruned-fields.ts';
import { unpackTool } from '../support/kubectl/unpack-kubectl.ts';
import {
  type InstalledObject,
  idOf,
  readObjects,
  runTool,
  settingsIn,
  writeInstallation,
} from '../support/pages/installation.ts';
import { writeServiceAccountKubeconfig } from './control-plane/service-account-kubeconfig.ts';
import { type ControlPlane, startControlPlane } from './control-plane/start-control-plane.ts';
import { operatorAccount } from './sale/install-operator.ts';
import { startOperatorWith } from './sale/start-operator.ts';
import { until } from './support/kubernetes-client.ts';

const hasTools = unpackTool('helm') !== undefined;
const folder = writeInstallation(['--image', 'registry.example.com/headstart:1.2.3']);
const chart = path.join(folder, 'helm/headstart');
const expected = readObjects(
  globSync(`${folder}/manifests/*.yaml`)
    .map(file => readFileSync(file, 'utf8'))
    .join('---\n'),
);

/** The ways to install, as docs/install.md says them, and to remove what was installed. */
const ways: readonly (readonly [string, readonly Command[], readonly Command[]])[] = [
  [
    'plain manifests',
    [['kubectl', 'apply', '--server-side', '-f', `${folder}/manifests`]],
    [['kubectl', 'delete', '-f', `${folder}/manifests`]],
  ],
  [
    'the kustomize base',
    [['kubectl', 'apply', '--server-side', '-k', `${folder}/kustomize`]],
    [['kubectl', 'delete', '-k', `${folder}/kustomize`]],
  ],
  [
    'the Helm chart',
    [['helm', 'install', 'headstart', chart, '--namespace', 'headstart-system', '--create-namespace']],
    [
      ['helm', 'uninstall', 'headstart', '--namespace', 'headstart-system'],
      ['kubectl', 'delete', '-f', `${folder}/manifests/crds.yaml`],
      ['kubectl', 'delete', 'namespace', 'headstart-system'],
    ],
  ],
];

type Command = readonly ['kubectl' | 'helm', ...string[]];

let cluster: ControlPlane;

beforeAll(async () => {
  cluster = await startControlPlane();
}, 300_000);

afterAll(async () => {
  rmSync(folder, { recursive: true });
  await cluster?.stop();
});

describe.skipIf(!hasTools)(`the operator alone${hasTools ? '' : ' (not installed: no kubectl and Helm here)'}`, () => {
  test.each(ways)('is installed by %s, works, and is removed', { timeout: 300_000 }, async (_, install, remove) => {
    for (const command of install) run(command);
    expect(missing()).toEqual([]);
    await until(
      'large sales are guarded',
      60_000,
      async () => announceLarge(),
      text => text.includes('announce-large'),
    );
    expect(await lacking()).toEqual([]);
    expect(await leads()).toBe(true);
    for (const command of remove) run(command);
    expect(expected.filter(object => isThere(object)).map(idOf)).toEqual([]);
  });
});

describe.skipIf(!hasTools)(
  `CRDs that are older than the operator${hasTools ? '' : ' (not applied: no kubectl here)'}`,
  () => {
    test('are told field by field by the real API server', { timeout: 120_000 }, async () => {
      const crds = globSync('crds/*.yaml').sort();
      for (const file of crds) run(['kubectl', 'apply', '--server-side', '-f', file]);
      await until('all fields', 60_000, lacking, fields => fields.length === 0);
      const old = path.join(folder, 'old.yaml');
      const text = readFileSync('crds/scalingtargets.yaml', 'utf8');
      // As Helm leaves them: without what a version has added.
      writeFileSync(old, stringify(withoutFields(parse(text), ['rampUp', 'warmUpSeconds', 'raised'])));
      run(['kubectl', 'apply', '--server-side', '--force-conflicts', '-f', old]);
      const fields = await until('the old CRD', 60_000, lacking, seen => seen.length > 0);
      expect(fields).toEqual([
        'ScalingTarget spec.warmUpSeconds',
        'ScalingTarget spec.rampUp',
        'ScalingTarget status.raised',
      ]);
    });
  },
);

/** The fields that the served CRDs lack, as the operator reads them. */
async function lacking(): Promise<readonly string[]> {
  const connection = await connect({ kubeconfig: cluster.kubeconfig });
  try {
    return prunedFields(readOwnSchemas(), await readOpenApi(connection));
  } finally {
    connection.close();
  }
}

/** A value without the keys of these names, at any depth. */
function withoutFields(value: unknown, names: readonly string[]): unknown {
  if (Array.isArray(value)) return value.map(each => withoutFields(each, names));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => !names.includes(key))
      .map(([key, inside]) => [key, withoutFields(inside, names)]),
  );
}

/** Runs a tool on the cluster and returns its output. @throws Error with what it says */
function run([name, ...args]: Command): string {
  const { status, stdout, stderr } = runTool(name, args, { KUBECONFIG: cluster.kubeconfig });
  if (status !== 0) throw new Error(`${name} ${args.join(' ')}: ${stderr}`);
  return stdout;
}

function missing(): readonly string[] {
  return expected.filter(object => !isThere(object)).map(idOf);
}

function isThere({ kind, apiVersion, metadata }: InstalledObject): boolean {
  const [group, version] = apiVersion.includes('/') ? apiVersion.split('/') : [undefined, apiVersion];
  const resource = group === undefined ? kind : `${kind}.${version}.${group}`;
  const namespace = metadata.namespace === undefined ? [] : ['--namespace', metadata.namespace];
  const { status } = runTool('kubectl', ['get', resource, metadata.name, ...namespace], {
    KUBECONFIG: cluster.kubeconfig,
  });
  return status === 0;
}

/** What kubectl says when somebody without the permission announces a sale of thirty times the load. */
function announceLarge(): string {
  const sale = path.join(folder, 'large.json');
  const spec = { startTime: '2099-11-27T20:00:00Z', endTime: '2099-11-27T21:00:00Z', expectedPeakPercent: 3000 };
  const metadata = { name: 'large', namespace: 'default' };
  writeFileSync(sale, JSON.stringify({ apiVersion: 'headstart.dev/v1alpha1', kind: 'FlashSale', metadata, spec }));
  const who = {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'RoleBinding',
    metadata: { name: 'm', namespace: 'default' },
  };
  const binding = path.join(folder, 'binding.json');
  const roleRef = { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'headstart-merchandiser' };
  const subjects = [{ apiGroup: 'rbac.authorization.k8s.io', kind: 'User', name: 'mia' }];
  writeFileSync(binding, JSON.stringify({ ...who, roleRef, subjects }));
  run(['kubectl', 'apply', '-f', binding]);
  return runTool('kubectl', ['create', '--dry-run=server', '-f', sale, '--as', 'mia'], {
    KUBECONFIG: cluster.kubeconfig,
  }).stderr;
}

/** Whether an operator with the installed settings and the rights of its ServiceAccount takes its lease. */
async function leads(): Promise<boolean> {
  const kubeconfig = path.join(cluster.folder, 'operator.kubeconfig');
  await writeServiceAccountKubeconfig(cluster, operatorAccount, kubeconfig);
  const map = run(['kubectl', 'get', 'configmap', 'headstart-settings', '-n', 'headstart-system', '-o', 'yaml']);
  const settings = settingsIn(readObjects(map)) as object;
  const operator = startOperatorWith({
    folder: cluster.folder,
    name: 'installed',
    kubeconfig,
    settings: { ...settings, listen: { health: 'off', metrics: 'off' } },
  });
  try {
    const lease = '/apis/coordination.k8s.io/v1/namespaces/headstart-system/leases/headstart';
    const { status } = await until(
      'the lease',
      60_000,
      () => cluster.client.call('GET', lease),
      answer => answer.status === 200,
    );
    return status === 200;
  } finally {
    await operator.stop();
  }
}
