import type { AppliedWrite } from '../apply/applied.ts';

/** The settings file is not what it should be; the operator does not start. The message names the file and the key. */
export class SettingsError extends Error {
  readonly code = 'HEADSTART_SETTINGS';

  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'SettingsError';
  }
}

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

/** Some writes of a reconcile got no usable answer, or lost against others three times: it is tried again soon. */
export class WriteFailedError extends Error {
  readonly code = 'HEADSTART_WRITE_FAILED';

  constructor(failed: readonly AppliedWrite[]) {
    const [first] = failed;
    const more = failed.length > 1 ? `, and ${failed.length - 1} more` : '';
    super(`${first?.kind} ${first?.name} (${first?.part}): ${first?.message}${more}`);
    this.name = 'WriteFailedError';
  }
}
