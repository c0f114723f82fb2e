import { z } from 'zod';

/** An http or https address; credentials belong in files. */
export const sourceUrl = z
  .url({ protocol: /^https?$/, error: 'must be an http or https address' })
  .refine(
    text => URL.parse(text)?.username === '' && URL.parse(text)?.password === '',
    'must not carry a user or password: name a file as tokenFile instead',
  );

/** The path of a file with a secret. */
export const secretFile = z.string().min(1).max(4096);

/** How long to wait for one answer, seconds, 1–120. */
export const timeoutSeconds = z.int().min(1).max(120);
