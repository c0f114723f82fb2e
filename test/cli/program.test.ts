import { describe, expect, test } from 'vitest';
import { runHere } from '../support/cli/run-here.ts';

const nobody = ['--server', 'http://127.0.0.1:1'];

describe('headstart exits', () => {
  test.each([
    ['0 on --help', ['plan', '--help'], 0],
    ['2 on an option that is not there', ['plan', '--files', 'a.yaml'], 2],
    ['2 without a required option', ['plan'], 2],
    ['1 on a file that is not there', ['plan', '-f', 'nowhere.yaml', '--targets', '.', '--history', '.'], 1],
    ['3 when nothing listens at the cluster', ['explain', 'drop', ...nobody], 3],
    ['1 of freeze check then, since 3 is an open window there', ['freeze', 'check', ...nobody], 1],
  ])('%s', async (_, args, code) => {
    expect((await runHere(...args)).code).toBe(code);
  });
});
