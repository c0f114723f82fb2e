import { z } from 'zod';
import type { ManifestObject } from '../manifests/manifest-object.ts';
import { meantKind } from '../manifests/our-kind.ts';
import { isBuiltInGroup } from '../schema/built-in-kinds.ts';
import type { Remark, Rule } from './finding.ts';

const metadataSchema = z.looseObject({
  metadata: z.looseObject({ labels: z.record(z.string(), z.unknown()).nullish() }),
});

const label = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/;
const subdomain = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;
const labelValue = /^([A-Za-z0-9]([-\w.]*[A-Za-z0-9])?)?$/;

/** Checks names and labels as the API server does. Names of RBAC objects, and text that a tool fills in, are free. */
export const checkNames: Rule = {
  code: 'name',
  check: objects => objects.flatMap(object => [...nameRemarks(object), ...labelRemarks(object)]),
};

function nameRemarks(object: ManifestObject): readonly Remark[] {
  const { apiVersion, kind, name } = object;
  const isFree = !isBuiltInGroup(apiVersion) || apiVersion.startsWith('rbac.') || meantKind(object) !== undefined;
  if (isFree || isFilledIn(name) || name.endsWith('*')) return [];
  const isLabel = kind === 'Namespace' || kind === 'Service';
  const most = isLabel ? 63 : 253;
  if (name.length <= most && (isLabel ? label : subdomain).test(name)) return [];
  const dots = isLabel ? '' : ', dots';
  const message = `"${name}" is no name of a ${kind}: at most ${most} lower-case letters, digits${dots} and hyphens, a letter or digit at each end`;
  return [{ object, field: ['metadata', 'name'], message }];
}

function labelRemarks(object: ManifestObject): readonly Remark[] {
  const labels = metadataSchema.safeParse(object.value).data?.metadata.labels ?? {};
  return Object.entries(labels).flatMap(([key, value]): readonly Remark[] => {
    if (typeof value !== 'string' || isFilledIn(value) || (value.length <= 63 && labelValue.test(value))) return [];
    const message = `label ${key} is "${value}": at most 63 letters, digits, dots, hyphens and underscores, a letter or digit at each end`;
    return [{ object, field: ['metadata', 'labels', key], message }];
  });
}

/** Whether a tool replaces a part of the text before it is applied: `${cluster}`. */
function isFilledIn(text: string): boolean {
  return /[$<{]/.test(text);
}
