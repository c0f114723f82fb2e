import { pino } from 'pino';

/** Fields beside a message; secrets must not be among them. */
export type Facts = Readonly<Record<string, unknown>>;

/**
 * Log with one JSON object per line. The message is constant, so that it can be searched for; what varies is a field.
 * info = something changed, debug = nothing did, warn = degraded, error = a person should look.
 */
export interface Log {
  debug(message: string, facts?: Facts): void;
  info(message: string, facts?: Facts): void;
  warn(message: string, facts?: Facts): void;
  error(message: string, facts?: Facts): void;
}

export type LogLevel = 'debug' | 'info' | 'warn' | 'error' | 'silent';

/** Field names whose values are never logged, at the top of the fields or one level down. */
const secretFields = ['token', 'password', 'apiKey', 'applicationKey', 'authorization', 'headers', 'secret'];

/**
 * Creates a log on `write` (standard output in the operator); an `error` field becomes its name, code, message and
 * causes.
 */
export function createLog(level: LogLevel, write: (line: string) => void): Log {
  const logger = pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: label => ({ level: label }) },
      redact: { paths: secretFields.flatMap(field => [field, `*.${field}`]), censor: '[redacted]' },
      serializers: { error: describeError },
      messageKey: 'message',
    },
    { write },
  );
  return {
    debug: (message, facts = {}) => logger.debug(facts, message),
    info: (message, facts = {}) => logger.info(facts, message),
    warn: (message, facts = {}) => logger.warn(facts, message),
    error: (message, facts = {}) => logger.error(facts, message),
  };
}

/** Returns an error as fields: never its request, headers or body, which may contain secrets. */
export function describeError(error: unknown): Facts {
  if (!(error instanceof Error)) return { message: String(error) };
  const code = 'code' in error ? { code: error.code } : {};
  const status = 'status' in error ? { status: error.status } : {};
  const cause = error.cause === undefined ? {} : { cause: describeError(error.cause) };
  return { name: error.name, ...code, ...status, message: error.message, ...cause };
}
