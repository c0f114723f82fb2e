/**
 * Manifests that add up several services: the only ones outside its own folder that a change of one service's facts may
 * change. Paths below the output folder; `*` stands for an environment. charts/README.md states what each adds up.
 */
export const aggregates: readonly string[] = [
  'namespaces/*/resourcequota.peak.yaml',
  '*/platform/scalingpolicy.default.yaml',
  'nodes/nodepool.marketplace.yaml',
];
