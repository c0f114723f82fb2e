import type { ApiDriver, Body } from './driver.ts';

/** A deployment that makes no pods. */
export function givenDeployment(api: ApiDriver): Promise<Body> {
  const labels = { app: 'idle' };
  const containers = [{ name: 'main', image: 'registry.example/idle:1' }];
  const spec = {
    replicas: 0,
    paused: true,
    selector: { matchLabels: labels },
    template: { metadata: { labels }, spec: { containers } },
  };
  return api.given(api.deployments, { spec });
}
