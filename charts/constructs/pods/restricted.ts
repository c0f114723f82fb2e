import type { k8s } from 'cdk8s-plus-27';

/** What the restricted Pod Security Standard asks of a pod. @see https://kubernetes.io/docs/concepts/security/pod-security-standards/ */
export const restrictedPod: k8s.PodSecurityContext = {
  runAsNonRoot: true,
  runAsUser: 65_532,
  runAsGroup: 65_532,
  fsGroup: 65_532,
  seccompProfile: { type: 'RuntimeDefault' },
};

/** What it asks of a container, and a root file system that nobody writes. */
export const restrictedContainer: k8s.SecurityContext = {
  allowPrivilegeEscalation: false,
  readOnlyRootFilesystem: true,
  capabilities: { drop: ['ALL'] },
};
