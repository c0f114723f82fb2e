import { z } from 'zod';
import { isFilledIn } from '../../manifests/filled-in.ts';
import type { ManifestObject } from '../../manifests/manifest-object.ts';
import type { RefusedValue } from './refused-value.ts';

const table = z.record(z.string(), z.unknown()).nullish();
const mapSchema = z.looseObject({
  apiVersion: z.literal('v1'),
  kind: z.enum(['ConfigMap', 'Secret']),
  data: table,
  stringData: table,
  binaryData: table,
});

const base64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

/** Finds keys of a ConfigMap or Secret that are no keys, and data that should be base64 and is not. */
export function dataFaults({ value }: ManifestObject): readonly RefusedValue[] {
  const map = mapSchema.safeParse(value).data;
  if (map === undefined) return [];
  const fields = ['data', 'stringData', 'binaryData'] as const;
  return fields.flatMap(field => {
    const isEncoded = field === 'binaryData' || (field === 'data' && map.kind === 'Secret');
    return Object.entries(map[field] ?? {}).flatMap(([key, text]): readonly RefusedValue[] => [
      ...(isKey(key)
        ? []
        : [
            {
              field: [field, key],
              message: `"${key}" is no key: at most 253 letters, digits, dots, hyphens and underscores`,
            },
          ]),
      ...(isEncoded && typeof text === 'string' && !isBase64(text)
        ? [{ field: [field, key], message: `${key} is not base64: encode it${inPlainText(map.kind)}` }]
        : []),
    ]);
  });
}

function isKey(key: string): boolean {
  return isFilledIn(key) || (/^[-._a-zA-Z0-9]{1,253}$/.test(key) && key !== '.' && !key.startsWith('..'));
}

/** Whether a decoder takes it, which leaves out line ends, or a tool fills it in first. */
function isBase64(text: string): boolean {
  return isFilledIn(text) || base64.test(text.replaceAll(/[\r\n]/g, ''));
}

function inPlainText(kind: 'ConfigMap' | 'Secret'): string {
  return kind === 'Secret' ? ', or state it as stringData' : ', or state it as data';
}
