import { describe, expect, test } from 'vitest';
import { createLog } from '../../../src/operator/telemetry/log.ts';

function recorded(write: (log: ReturnType<typeof createLog>) => void) {
  const lines: string[] = [];
  write(createLog('info', line => lines.push(line)));
  return lines.map(line => JSON.parse(line));
}

describe('the log', () => {
  test('is one JSON object a line: constant message, facts as fields', () => {
    const [line] = recorded(log => log.info('bounds raised', { namespace: 'shop', minReplicas: 35 }));
    expect(line).toMatchObject({ level: 'info', message: 'bounds raised', namespace: 'shop', minReplicas: 35 });
    expect(Date.parse(line.time)).not.toBeNaN();
  });

  test('leaves out what is below its level', () => {
    expect(recorded(log => log.debug('nothing to do'))).toEqual([]);
  });

  test('never shows a secret, at the top or one level down', () => {
    const canary = 'c4n4ry';
    const lines = recorded(log => {
      log.warn('refused', {
        token: canary,
        headers: { authorization: canary },
        source: { password: canary, url: 'x' },
      });
      log.warn('refused', { error: Object.assign(new Error('no'), { request: canary, headers: canary }) });
    });
    expect(JSON.stringify(lines)).not.toContain(canary);
    expect(lines).toHaveLength(2);
  });

  test('tells an error by name, code, message and cause', () => {
    const error = Object.assign(new Error('no answer', { cause: new TypeError('bad') }), { code: 'DEADLINE' });
    const [line] = recorded(log => log.error('reconcile failed', { error }));
    expect(line.error).toEqual({
      name: 'Error',
      code: 'DEADLINE',
      message: 'no answer',
      cause: { name: 'TypeError', message: 'bad' },
    });
  });
});
