import { App, Yaml } from 'cdk8s';
import { OperatorConstruct } from './constructs/operator/operator.ts';
import type { Facts } from './facts/facts-schema.ts';
import type { FreezeWindow } from './facts/freeze-window.ts';
import { ManifestChart, type ManifestObject } from './manifest-chart.ts';
import { clusterFolders, environmentFolders, type ManifestFolder } from './manifest-folders.ts';

/** Files by path below the output folder, sorted. The same facts give the same files, byte for byte. */
export type ManifestFiles = ReadonlyMap<string, string>;

export interface SynthesisOptions {
  /** The operator's image. */
  readonly image: string;
  /** The CRDs of crds/, each a YAML document. */
  readonly definitions: readonly string[];
  /** Windows around the announced sales in which Argo CD syncs nothing automatically. @default none */
  readonly freezes?: readonly FreezeWindow[];
}

/** Makes every manifest of every environment, one object per file, plus the operator's install.yaml and crds.yaml. */
export function synthesize(facts: Facts, options: SynthesisOptions): ManifestFiles {
  const folders = [
    ...clusterFolders(facts, options.freezes ?? []),
    ...facts.environments.flatMap(environment => environmentFolders(environment, facts)),
  ];
  const files = new Map([
    ['crds.yaml', options.definitions.join('---\n')],
    ['install.yaml', Yaml.stringify(...objectsOf(operatorFolder(options.image)))],
    ...folders.flatMap(folder => filesOf(folder)),
  ]);
  return new Map([...files].sort(([a], [b]) => (a < b ? -1 : 1)));
}

function operatorFolder(image: string): ManifestFolder {
  return {
    path: '',
    namespace: 'headstart-system',
    labels: { 'app.kubernetes.io/part-of': 'headstart' },
    fill: chart => {
      new OperatorConstruct(chart, 'operator', { image });
    },
  };
}

/** Names the file of each object of a folder: `<folder>/<kind>.<name>.yaml`. */
function filesOf(folder: ManifestFolder): readonly (readonly [string, string])[] {
  return objectsOf(folder).map(object => [
    `${folder.path}/${object.kind.toLowerCase()}.${object.metadata.name}.yaml`,
    Yaml.stringify(object),
  ]);
}

/** Uses one app per chart: the time of `App.synth` over all charts grows faster than their number. */
function objectsOf({ path, fill, ...props }: ManifestFolder): readonly ManifestObject[] {
  const chart = new ManifestChart(new App(), path === '' ? 'operator' : path.replaceAll('/', '-'), props);
  fill(chart);
  return chart.objects();
}
