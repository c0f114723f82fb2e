import type { AppliedWrite } from '../apply/applied.ts';

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
