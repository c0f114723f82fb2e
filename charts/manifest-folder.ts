import type { ManifestChart } from './manifest-chart.ts';

/** A folder of manifests and the function that fills its chart. */
export interface ManifestFolder {
  readonly path: string;
  /** Absent for cluster-scoped objects. */
  readonly namespace?: string;
  readonly labels: Readonly<Record<string, string>>;
  /** Argo CD's sync wave of the folder within its environment. @default 0, with the services */
  readonly wave?: number;
  fill(chart: ManifestChart): void;
}
