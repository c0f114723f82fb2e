import { readFileSync } from 'node:fs';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import { applyAll } from './apply-manifests.ts';
import type { KubernetesClient } from './kubernetes-client.ts';

export interface RefusingWebhook {
  /** Times at which the API server asked, epoch ms, oldest first. */
  readonly askedAt: readonly number[];
  stop(): Promise<void>;
}

/**
 * Makes the API server answer 429 with that Retry-After to every change of an HPA in a namespace, through a validating
 * webhook on this loopback: the server passes on code and details of its refusals.
 */
export async function refuseAutoscalers(
  client: KubernetesClient,
  certificate: { readonly cert: string; readonly key: string },
  { namespace, retryAfterSeconds }: { readonly namespace: string; readonly retryAfterSeconds: number },
): Promise<RefusingWebhook> {
  const askedAt: number[] = [];
  const [cert, key] = [readFileSync(certificate.cert), readFileSync(certificate.key)];
  const server = createServer({ cert, key }, async (request, response) => {
    askedAt.push(Date.now());
    const review = (await json(request)) as { request: { uid: string } };
    const status = { code: 429, reason: 'TooManyRequests', message: 'too busy', details: { retryAfterSeconds } };
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify({ ...review, response: { uid: review.request.uid, allowed: false, status } }));
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const name = `refuse-${namespace}`;
  await applyAll(client, [
    {
      apiVersion: 'admissionregistration.k8s.io/v1',
      kind: 'ValidatingWebhookConfiguration',
      metadata: { name },
      webhooks: [
        {
          name: 'refuse.headstart.test',
          admissionReviewVersions: ['v1'],
          sideEffects: 'None',
          failurePolicy: 'Fail',
          clientConfig: { url: `https://127.0.0.1:${port}/`, caBundle: cert.toString('base64') },
          namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': namespace } },
          rules: [
            {
              apiGroups: ['autoscaling'],
              apiVersions: ['*'],
              operations: ['CREATE', 'UPDATE'],
              resources: ['horizontalpodautoscalers'],
            },
          ],
        },
      ],
    } as never,
  ]);
  return {
    askedAt,
    async stop() {
      const path = `/apis/admissionregistration.k8s.io/v1/validatingwebhookconfigurations/${name}`;
      await client.call('DELETE', path);
      server.closeAllConnections();
      await new Promise(resolve => server.close(resolve));
    },
  };
}
