import type { AppliedWrite } from '../applied.ts';
import { unwritten } from '../write.ts';

/** Composes the reports of one object; an error becomes its failed write, so that every other object is reported. */
export function composeAlone<Report>(
  { kind }: { readonly kind: string },
  { metadata }: { readonly metadata: { readonly name: string } },
  compose: () => readonly Report[],
): readonly (Report | AppliedWrite)[] {
  try {
    return compose();
  } catch (error) {
    const message = `no status can be composed: ${error instanceof Error ? error.message : String(error)}`;
    return [unwritten({ kind, name: metadata.name, part: 'Status' }, 'Failed', message)];
  }
}
