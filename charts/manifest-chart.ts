import { Chart } from 'cdk8s';
import type { Construct } from 'constructs';

export interface ManifestChartProps {
  /** The namespace of its namespaced objects. @default none, for a chart of cluster-scoped objects */
  readonly namespace?: string;
  /** Labels added to every object, besides the standard ones. @default none */
  readonly labels?: Readonly<Record<string, string>>;
  /** Argo CD's sync wave of objects that state none themselves. @default none */
  readonly wave?: number;
}

/** An object as it is written: a manifest with all lazy values resolved. */
export interface ManifestObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly annotations?: Readonly<Record<string, string>>;
  };
}

/** Cluster-scoped kinds that the charts use. */
const clusterScoped = [
  'ClusterRole',
  'ClusterRoleBinding',
  'MutatingAdmissionPolicy',
  'MutatingAdmissionPolicyBinding',
  'Namespace',
  'NodePool',
  'PriorityClass',
  'ValidatingAdmissionPolicy',
  'ValidatingAdmissionPolicyBinding',
];

/** The only chart class: a folder of manifests, with names made for readers and without hashes. */
export class ManifestChart extends Chart {
  readonly #wave: number | undefined;

  constructor(scope: Construct, id: string, { namespace, labels = {}, wave }: ManifestChartProps) {
    super(scope, id, {
      disableResourceNameHashes: true,
      ...(namespace === undefined ? {} : { namespace }),
      labels: { 'app.kubernetes.io/managed-by': 'cdk8s', ...labels },
    });
    this.#wave = wave;
  }

  /** The objects of the chart, without the namespace on cluster-scoped ones. */
  objects(): readonly ManifestObject[] {
    return this.toJson().map((object: ManifestObject) => {
      const { namespace, annotations, ...metadata } = object.metadata;
      const wave = this.#wave === undefined ? {} : { 'argocd.argoproj.io/sync-wave': String(this.#wave) };
      const allAnnotations = { ...wave, ...annotations };
      return {
        ...object,
        metadata: {
          ...metadata,
          ...(Object.keys(allAnnotations).length === 0 ? {} : { annotations: allAnnotations }),
          ...(namespace === undefined || clusterScoped.includes(object.kind) ? {} : { namespace }),
        },
      };
    });
  }
}
