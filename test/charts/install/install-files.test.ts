import { globSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { parseSettings } from '../../../src/operator/settings/settings.ts';
import { unpackTool } from '../../support/kubectl/unpack-kubectl.ts';
import {
  type InstalledObject,
  idOf,
  readObjects,
  renderChart,
  renderKustomization,
  runTool,
  settingsIn,
  writeInstallation,
} from '../../support/pages/installation.ts';

const image = 'registry.example.com:5000/team/headstart:2.3.4';
const folder = writeInstallation(['--image', image, '--runbook', 'https://docs.example.com/runbook.md']);
afterAll(() => rmSync(folder, { recursive: true }));

const plain = readObjects(
  globSync(`${folder}/manifests/*.yaml`)
    .map(file => readFileSync(file, 'utf8'))
    .join('---\n'),
);
const monitoring = readObjects(readFileSync(path.join(folder, 'monitoring.yaml'), 'utf8'));
const chart = path.join(folder, 'helm/headstart');
const hasTools = unpackTool('helm') !== undefined;

describe('the plain manifests', () => {
  test('have the operator alone: no service and no namespace of a shop', () => {
    expect(plain.map(idOf)).toEqual(
      expect.arrayContaining([
        'Namespace headstart-system',
        'CustomResourceDefinition flashsales.headstart.dev',
        'ClusterRole headstart',
        'ClusterRole headstart-sre',
        'Deployment headstart',
        'PodDisruptionBudget headstart',
        'NetworkPolicy headstart',
        'ValidatingAdmissionPolicy headstart-approvals',
        'ValidatingAdmissionPolicyBinding headstart-approvals',
        'MutatingAdmissionPolicy headstart-floor-guard',
        'MutatingAdmissionPolicyBinding headstart-floor-guard',
      ]),
    );
    expect(JSON.stringify(plain)).not.toContain('marketplace');
    expect(new Set(plain.map(({ metadata }) => metadata.namespace))).toEqual(new Set([undefined, 'headstart-system']));
  });

  test('have settings that the operator takes, and the image that was asked for', () => {
    expect(parseSettings(settingsIn(plain)).sources).toHaveProperty('prometheus');
    expect(JSON.stringify(plain)).toContain(`"image":"${image}"`);
  });

  test('leave what needs the Prometheus Operator apart', () => {
    expect(monitoring.map(idOf)).toEqual([
      'ConfigMap headstart-dashboard',
      'PrometheusRule headstart',
      'ServiceMonitor headstart',
    ]);
    expect(plain.filter(({ apiVersion }) => apiVersion.startsWith('monitoring.coreos.com'))).toEqual([]);
  });
});

describe.skipIf(!hasTools)(
  `the same objects${hasTools ? '' : ' (not compared: no kubectl and Helm on this machine)'}`,
  () => {
    test('as a kustomize base', { timeout: 60_000 }, () => {
      expect(renderKustomization(path.join(folder, 'kustomize'))).toEqual(plain);
      expect(renderKustomization(path.join(folder, 'kustomize/monitoring'))).toEqual(monitoring);
    });

    test('as a Helm chart, but for the namespace, which Helm makes', { timeout: 60_000 }, () => {
      const rendered = renderChart(chart, ['--set', 'monitoring.enabled=true']);
      const expected = [...plain.filter(({ kind }) => kind !== 'Namespace'), ...monitoring];
      const byId = (objects: readonly InstalledObject[]) =>
        new Map(objects.map(each => [idOf(each), comparable(each)]));
      expect([...byId(rendered).keys()].sort()).toEqual([...byId(expected).keys()].sort());
      for (const [id, object] of byId(expected)) expect(byId(rendered).get(id), id).toEqual(object);
      expect(settingsIn(rendered)).toEqual(settingsIn(plain));
    });

    test('with values of a user', { timeout: 60_000 }, () => {
      const source = 'settings.sources.prometheus.url=http://thanos.example:10902';
      const objects = renderChart(chart, [
        ...['--set', source, '--set', 'image.tag=9.9.9', '--set', 'replicas=3', '--set', 'guard.enabled=false'],
        ...['--set', 'networkPolicy.egressPorts={443,10902}', '--set', 'resources.limits.memory=3Gi'],
        ...['--set', 'imagePullSecrets[0].name=pull', '--set', 'admission.largePeakPercent=1500'],
        ...['--namespace', 'scaling'],
      ]);
      const text = JSON.stringify(objects);
      expect(objects.some(({ kind }) => kind === 'MutatingAdmissionPolicy')).toBe(false);
      expect(objects.find(object => idOf(object) === 'Deployment headstart')).toMatchObject({
        metadata: { namespace: 'scaling' },
        spec: {
          replicas: 3,
          template: {
            spec: {
              imagePullSecrets: [{ name: 'pull' }],
              containers: [
                { image: 'registry.example.com:5000/team/headstart:9.9.9', resources: { limits: { memory: '3Gi' } } },
              ],
            },
          },
        },
      });
      expect(text).toContain('{"protocol":"TCP","port":10902}');
      expect(text).toContain('expectedPeakPercent <= 1500');
      expect(text).not.toContain('headstart-system');
      expect(parseSettings(settingsIn(objects))).toMatchObject({
        leaderElection: { namespace: 'scaling' },
        sources: { prometheus: { url: 'http://thanos.example:10902' } },
      });
    });

    test.each([
      ['replica=3', /replica/],
      ['replicas=0', /replicas/],
      ['image.digest=latest', /digest/],
    ])('and its schema refuses --set %s', (value, reason) => {
      expect(() => renderChart(chart, ['--set', value])).toThrow(reason);
    });

    test('and Helm finds nothing to complain about', () => {
      const { status, stdout } = runTool('helm', ['lint', '--strict', '--quiet', chart]);
      expect({ status, stdout }).toEqual({ status: 0, stdout: '' });
    });
  },
);

/** An object without what Helm adds and is not in the plain manifests; settings are compared by their values. */
function comparable(object: InstalledObject): unknown {
  const copy = structuredClone(object) as Record<string, unknown>;
  if (idOf(object) === 'ConfigMap headstart-settings') delete copy.data;
  if (idOf(object) === 'Deployment headstart') {
    const { template } = copy.spec as {
      template: { metadata: { annotations: object }; spec: { containers: object[] } };
    };
    template.metadata.annotations = without(template.metadata.annotations, 'checksum/settings');
    template.spec.containers = template.spec.containers.map(each => without(each, 'imagePullPolicy'));
  }
  return copy;
}

function without(value: object, key: string): object {
  return Object.fromEntries(Object.entries(value).filter(([name]) => name !== key));
}
