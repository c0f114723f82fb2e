import { spawn } from 'node:child_process';
import { EventEmitter, once } from 'node:events';
import { expect, test } from 'vitest';
import { endOnClosedPipe } from '../../../src/cli/output/quiet-pipe.ts';
import { packagePath } from '../../../src/package-path.ts';

test('a command whose output nobody reads any more ends quietly', { timeout: 60_000 }, async () => {
  const child = spawn(process.execPath, [packagePath('src', 'main.ts'), '--help'], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  child.stdout.destroy();
  let told = '';
  child.stderr.on('data', chunk => {
    told += String(chunk);
  });
  const [code] = await once(child, 'close');
  expect({ code, told }).toEqual({ code: 0, told: '' });
});

test('another fault of a stream is thrown', () => {
  const stream = new EventEmitter();
  let ended = 0;
  endOnClosedPipe([stream as NodeJS.WriteStream], () => {
    ended += 1;
  });
  stream.emit('error', Object.assign(new Error('gone'), { code: 'EPIPE' }));
  expect(ended).toBe(1);
  expect(() => stream.emit('error', Object.assign(new Error('disk full'), { code: 'ENOSPC' }))).toThrow('disk full');
});
