import { readFileSync } from 'node:fs';
import type { RequestOptions } from 'node:https';
import { KubeConfig } from '@kubernetes/client-node';
import { afterAll } from 'vitest';
import { describeKubernetesApi } from '../contracts/kubernetes-api.ts';
import { type ControlPlane, startControlPlane } from './support/start-control-plane.ts';

let cluster: ControlPlane | undefined;
afterAll(() => cluster?.stop());

describeKubernetesApi(
  'a real control plane',
  async () => {
    cluster = await startControlPlane();
    const config = new KubeConfig();
    config.loadFromString(readFileSync(cluster.kubeconfig, 'utf8'));
    const credentials: RequestOptions = {};
    await config.applyToHTTPSOptions(credentials);
    return { url: cluster.client.server, credentials };
  },
  { real: true },
);
