import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Notice } from '../../../src/plan/notices/notice.ts';

/** A notice of a sale that is planned, with `changes`. */
export function noticeOf(changes: Partial<Notice> = {}): Notice {
  return {
    kind: 'Planned',
    namespace: 'marketplace',
    sale: 'drop',
    salePlan: 'drop-20261127-1900',
    uid: 'uid-1',
    start: Date.parse('2026-11-27T19:00:00Z'),
    end: Date.parse('2026-11-27T21:00:00Z'),
    time: Date.parse('2026-11-20T12:00:00Z'),
    message: 'The sale is planned.',
    ...changes,
  };
}

/** The path of a new file with a secret. */
export function secretFile(text: string): string {
  const file = path.join(mkdtempSync(path.join(tmpdir(), 'headstart-')), 'secret');
  writeFileSync(file, `${text}\n`);
  return file;
}

export const neverAborted = new AbortController().signal;
