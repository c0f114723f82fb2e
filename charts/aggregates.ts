/**
 * Manifests that add up services: the only ones beside its own folder that a change of one service's facts may touch. Paths
 * below the output folder; `*` stands for an environment. charts/README.md says what each adds up.
 */
export const aggregates: readonly string[] = [
  '*/platform/resourcequota.peak.yaml',
  '*/platform/scalingpolicy.default.yaml',
  'nodes/nodepool.marketplace.yaml',
];
