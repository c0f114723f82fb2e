import { App, Yaml } from 'cdk8s';
import { clusterFolders, deliveryFolders } from './cluster-folders.ts';
import { OperatorConstruct } from './constructs/operator/operator.ts';
import { environmentFolders, namespaceFolder } from './environment-folders.ts';
import { clustersOf, type ShopCluster } from './facts/clusters/shop-clusters.ts';
import type { Facts } from './facts/facts-schema.ts';
import type { FreezeWindow } from './facts/freeze-window.ts';
import { ManifestChart, type ManifestObject } from './manifest-chart.ts';
import type { ManifestFolder } from './manifest-folder.ts';
import { formatIndex, indexFile } from './patches/manifest-index.ts';
import { applyPatches, type PlacedObject } from './patches/patched-objects.ts';

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

/**
 * Makes every manifest of every environment, one object per file, plus the operator's install.yaml and crds.yaml
 * of each cluster, and the index.
 *
 * @throws Error when a patch of the facts cannot be applied
 */
export function synthesize(facts: Facts, options: SynthesisOptions): ManifestFiles {
  const clusters = clustersOf(facts);
  const freezes = options.freezes ?? [];
  const folders = [
    ...clusters.flatMap(cluster => [
      ...clusterFolders(cluster, facts, freezes),
      ...cluster.environments.flatMap(environment => [
        namespaceFolder(environment, cluster, facts),
        ...environmentFolders(environment, cluster, facts),
      ]),
    ]),
    ...deliveryFolders(clusters, facts, freezes),
  ];
  const written = [
    ...clusters.flatMap(cluster =>
      objectsOf(operatorFolder(options.image, cluster)).map(object => ({
        file: `${cluster.folder}install.yaml`,
        object,
      })),
    ),
    ...folders.flatMap(placedObjects),
  ];
  const { objects, applied } = applyPatches(written, facts.patches);
  const files = new Map([
    ...clusters.map(({ folder }) => [`${folder}crds.yaml`, options.definitions.join('---\n')] as const),
    ...[...Map.groupBy(objects, ({ file }) => file)].map(
      ([file, placed]) => [file, Yaml.stringify(...placed.map(({ object }) => object))] as const,
    ),
  ]);
  return new Map(
    [...files, [indexFile, formatIndex(files.keys(), applied)] as const].sort(([x], [y]) => (x < y ? -1 : 1)),
  );
}

function operatorFolder(image: string, { usesDatadog, operator: settings }: ShopCluster): ManifestFolder {
  return {
    path: '',
    namespace: 'headstart-system',
    labels: { 'app.kubernetes.io/part-of': 'headstart' },
    fill: chart => {
      new OperatorConstruct(chart, 'operator', { image, settings, isInDatadog: usesDatadog });
    },
  };
}

/** Names the file of each object of a folder: `<folder>/<kind>.<name>.yaml`. */
function placedObjects(folder: ManifestFolder): readonly PlacedObject[] {
  return objectsOf(folder).map(object => ({
    file: `${folder.path}/${object.kind.toLowerCase()}.${object.metadata.name}.yaml`,
    object,
  }));
}

/** Uses one app per chart: the time of `App.synth` over all charts grows faster than their number. */
function objectsOf({ path, fill, ...props }: ManifestFolder): readonly ManifestObject[] {
  const chart = new ManifestChart(new App(), path === '' ? 'operator' : path.replaceAll('/', '-'), props);
  fill(chart);
  return chart.objects();
}
