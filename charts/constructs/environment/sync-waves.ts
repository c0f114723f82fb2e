/**
 * Argo CD's sync waves within an environment, in the order of health: a wave is applied once everything of the waves
 * before is healthy, so nothing may wait for a later wave.
 *
 *   platform   namespace, rights, secret stores, settings
 *   data       stores
 *   services   pods, their Services and HPAs
 *   edge       the Gateway, which is programmed once its address is a Service with pods
 *   routes     routes, which are accepted once their Gateway and their backends are there
 *   scaling    Headstart's own kinds, last: the shop comes up without the operator and before the first request
 *
 * @see https://argo-cd.readthedocs.io/en/stable/user-guide/sync-waves/
 */
export const syncWaves = { platform: -2, data: -1, services: 0, edge: 1, routes: 2, scaling: 3 } as const;

/** The annotation of an object whose wave is not that of its folder. */
export function inWave(wave: keyof typeof syncWaves): Record<string, string> {
  return { 'argocd.argoproj.io/sync-wave': String(syncWaves[wave]) };
}
