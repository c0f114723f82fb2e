import { buildControlPlane, buildKwok } from './support/build-control-plane.ts';

/** Builds what is missing before the first test, outside any test's time limit. */
export async function setup(): Promise<void> {
  if (!process.env.KUBECONFIG) await buildControlPlane();
  await buildKwok();
}
