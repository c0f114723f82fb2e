import { Yaml } from 'cdk8s';
import { helmChart } from './helm/helm-chart.ts';
import { type InstallParts, installParts } from './install-parts.ts';

export interface InstallFilesProps {
  readonly version: string;
  readonly image: string;
  readonly runbookUrl: string;
  readonly pageUrl: string;
  /** The CRDs by their file names. */
  readonly definitions: ReadonlyMap<string, string>;
}

/**
 * Makes the folder `install`: the operator alone, as plain manifests, as a kustomize base and as a Helm chart. Files by
 * their paths. What needs the Prometheus Operator stands apart in each.
 */
export function installFiles(props: InstallFilesProps): ReadonlyMap<string, string> {
  const { monitoring, ...base } = installParts(props);
  const crds = ['crds.yaml', [...props.definitions.values()].join('---\n')] as const;
  const plain = [crds, ...filesOf(base)];
  return new Map([
    ...plain.map(([file, text]) => [`manifests/${file}`, text] as const),
    ...filesOf({ monitoring }),
    ...plain.map(([file, text]) => [`kustomize/${file}`, text] as const),
    ['kustomize/kustomization.yaml', kustomization(plain.map(([file]) => file))],
    ...filesOf({ monitoring }).map(([file, text]) => [`kustomize/monitoring/${file}`, text] as const),
    ['kustomize/monitoring/kustomization.yaml', kustomization(['monitoring.yaml'])],
    ...[...helmChart(props)].map(([file, text]) => [`helm/headstart/${file}`, text] as const),
  ]);
}

function filesOf(parts: Partial<InstallParts>): readonly (readonly [string, string])[] {
  return Object.entries(parts).map(([part, objects]) => [`${part}.yaml`, Yaml.stringify(...objects)] as const);
}

function kustomization(resources: readonly string[]): string {
  return Yaml.stringify({ apiVersion: 'kustomize.config.k8s.io/v1beta1', kind: 'Kustomization', resources });
}
