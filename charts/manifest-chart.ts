import { Chart } from 'cdk8s';
import type { Construct } from 'constructs';

export interface ManifestChartProps {
  /** Where its namespaced objects live. @default none, for a chart of cluster-scoped objects */
  readonly namespace?: string;
  /** Laid on every object beside the standard labels. @default none */
  readonly labels?: Readonly<Record<string, string>>;
  /** Argo CD's sync wave. @default none */
  readonly wave?: number;
}

/** An object as it is written: what a manifest holds after all lazy values are resolved. */
export interface ManifestObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly annotations?: Readonly<Record<string, string>>;
  };
}

/** Kinds of ours that live in no namespace. */
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

/** The one chart class: a folder of manifests, whose names are what people read and never hashes. */
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

  /** Its objects, the namespace taken from those that live in none. */
  objects(): readonly ManifestObject[] {
    return this.toJson().map((object: ManifestObject) => {
      const { namespace, annotations, ...metadata } = object.metadata;
      const wave = this.#wave === undefined ? {} : { 'argocd.argoproj.io/sync-wave': String(this.#wave) };
      const allAnnotations = { ...annotations, ...wave };
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
