import { k8s } from 'cdk8s-plus-27';
import { restrictedPod } from './restricted.ts';

/** The Secret with the certificate of an environment's domain. */
export const edgeCertificate = 'edge-certificate';

/** The port of a Gateway's listener; its Service maps it to the proxy's own, since a restricted pod opens none below 1024. */
export const listenerPort = 443;

const user = 1337;
const statusPort = { name: 'status-port', port: 15_021 } as const;

/**
 * What the pods of a service of role Gateway have besides those of others, so that Istio's webhook makes them the proxy
 * of a Gateway: its injection template, the container's fixed name, the token by which the control plane knows the
 * proxy, and the one question that its agent answers.
 *
 * @see https://istio.io/latest/docs/setup/additional-setup/gateway/#deploying-a-gateway
 */
export const edgeProxy = {
  container: 'istio-proxy',
  labels: { 'sidecar.istio.io/inject': 'true' },
  annotations: { 'inject.istio.io/templates': 'gateway' },
  ports: [statusPort],
  securityContext: {
    ...restrictedPod,
    runAsUser: user,
    runAsGroup: user,
    fsGroup: user,
  } satisfies k8s.PodSecurityContext,
  mounts: [{ name: 'istio-token', mountPath: '/var/run/secrets/tokens', readOnly: true }],
  volumes: [
    {
      name: 'istio-token',
      projected: {
        sources: [{ serviceAccountToken: { audience: 'istio-ca', expirationSeconds: 43_200, path: 'istio-token' } }],
      },
    },
  ],
  probe: {
    httpGet: { path: '/healthz/ready', port: k8s.IntOrString.fromString(statusPort.name) },
  } satisfies k8s.Probe,
};
