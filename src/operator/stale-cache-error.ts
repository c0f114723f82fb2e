/** The watches have been silent for too long: nothing is decided by what may not be so any more. */
export class StaleCacheError extends Error {
  readonly code = 'HEADSTART_STALE_CACHE';

  constructor(ageMs: number) {
    const when = Number.isFinite(ageMs)
      ? `were last known to be current ${Math.round(ageMs / 1000)} s ago`
      : 'have not all been filled yet';
    super(`the caches ${when}: nothing is decided by them`);
    this.name = 'StaleCacheError';
  }
}
