import type { Notice } from '../../plan/notices/notice.ts';

/** Receiver of notices, as the operator's settings name it. */
export interface Channel {
  /** Type in the settings: `cloudevents`, `slack`, `datadog`. */
  readonly type: string;
  /** Whether one message takes all notices of a sale that wait; else each is sent alone. */
  readonly isGrouped: boolean;
  /** Milliseconds to wait after a message before the next, transport time. */
  readonly gapMs: number;
  /** Sends notices of one sale in one message. @throws DeliveryError when they were not taken */
  send(notices: readonly Notice[], signal: AbortSignal): Promise<void>;
}

/** Notices that a channel did not take; the message says what it did instead, without its path or a secret. */
export class DeliveryError extends Error {
  readonly code = 'HEADSTART_NOTIFY';
  /** Seconds to wait as the receiver asked; transport time. */
  readonly retryAfterSeconds: number | undefined;

  constructor(message: string, options: ErrorOptions & { readonly retryAfterSeconds?: number | undefined } = {}) {
    super(message, options);
    this.name = 'DeliveryError';
    this.retryAfterSeconds = options.retryAfterSeconds;
  }
}
