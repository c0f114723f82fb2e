import type { AppliedWrite } from '../apply/applied.ts';

/** Invalid settings file; the operator does not start. The message names the file and the key. */
export class SettingsError extends Error {
  readonly code = 'HEADSTART_SETTINGS';

  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'SettingsError';
  }
}

/** Some writes of a reconcile got no usable answer, or hit a conflict three times; the reconcile is retried soon. */
export class WriteFailedError extends Error {
  readonly code = 'HEADSTART_WRITE_FAILED';

  constructor(failed: readonly AppliedWrite[]) {
    const [first] = failed;
    const more = failed.length > 1 ? `, and ${failed.length - 1} more` : '';
    super(`${first?.kind} ${first?.name} (${first?.part}): ${first?.message}${more}`);
    this.name = 'WriteFailedError';
  }
}

/** @throws WriteFailedError naming the writes that failed or conflicted, if any did */
export function throwFailed(writes: readonly AppliedWrite[]): void {
  const failed = writes.filter(({ outcome }) => outcome === 'Failed' || outcome === 'Conflict');
  if (failed.length > 0) throw new WriteFailedError(failed);
}
