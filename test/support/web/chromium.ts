import { existsSync } from 'node:fs';

/** Chromium as Debian packages it, or the one that CHROMIUM names; undefined where there is none. */
export const executablePath = ['/usr/bin/chromium', '/usr/bin/google-chrome', process.env.CHROMIUM ?? ''].findLast(
  existsSync,
);
