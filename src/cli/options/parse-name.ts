import { InvalidArgumentError } from 'commander';
import { name as nameSchema } from '../../api/field.ts';

/** Parses the name of an object; an empty one, as of an unset variable of the shell, is refused. */
export function parseName(text: string): string {
  if (!nameSchema.safeParse(text).success)
    throw new InvalidArgumentError('lower-case letters, digits, "-" and ".", 1 to 253 characters.');
  return text;
}

/** Parses the name of a namespace, which has no dots. */
export function parseNamespace(text: string): string {
  if (!/^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/.test(text))
    throw new InvalidArgumentError('lower-case letters, digits and "-", 1 to 63 characters.');
  return text;
}
