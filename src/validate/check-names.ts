import { isFilledIn } from '../manifests/filled-in.ts';
import type { ManifestObject } from '../manifests/manifest-object.ts';
import { meantKind } from '../manifests/our-kind.ts';
import { valuesAt } from '../manifests/values-at.ts';
import { isBuiltInGroup } from '../schema/built-in-kinds.ts';
import { isJsonObject } from '../schema/json.ts';
import type { Remark, Rule } from './finding.ts';

/** Where labels stand: on the object, on its pods, and in what selects them. */
const labelPaths = [
  'metadata.labels',
  'spec.template|jobTemplate.metadata.labels',
  'spec.jobTemplate.spec.template.metadata.labels',
  'spec.selector|podSelector.matchLabels',
  'spec.template.spec.nodeSelector',
];
const keyPaths = ['metadata.annotations', 'spec.template.metadata.annotations'];

const label = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/;
const subdomain = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;
const labelKey = /^([a-z0-9]([-a-z0-9.]*[a-z0-9])?\/)?[A-Za-z0-9]([-\w.]{0,61}[A-Za-z0-9])?$/;
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
  return [...labelPaths, ...keyPaths].flatMap(path =>
    valuesAt(object.value, path).flatMap(({ field, value: labels }) =>
      Object.entries(isJsonObject(labels) ? labels : {}).flatMap(([key, value]): readonly Remark[] => {
        const at = [...field, key];
        // The API server compares the keys of annotations in lower case.
        const isKey = isFilledIn(key) || labelKey.test(keyPaths.includes(path) ? key.toLowerCase() : key);
        const isFree = keyPaths.includes(path) || typeof value !== 'string' || isFilledIn(value);
        const isValue = isFree || (value.length <= 63 && labelValue.test(value));
        const form = 'at most 63 letters, digits, dots, hyphens and underscores, a letter or digit at each end';
        return [
          ...(isKey
            ? []
            : [{ object, field: at, part: 'key' as const, message: `"${key}" is no key of a label: ${form}` }]),
          ...(isValue ? [] : [{ object, field: at, message: `label ${key} is "${value}": ${form}` }]),
        ];
      }),
    ),
  );
}
