import type { Log } from '../../../src/operator/telemetry/log.ts';

/** A log that keeps its lines. */
export function recordingLog(lines: { level: string; message: string; facts: object }[]): Log {
  const record =
    (level: string) =>
    (message: string, facts: object = {}) =>
      void lines.push({ level, message, facts });
  return { debug: record('debug'), info: record('info'), warn: record('warn'), error: record('error') };
}
