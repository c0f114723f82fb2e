import {
  breakGlassAnnotation,
  fieldManager,
  flashSaleLabel,
  floorAnnotation,
  floorMaxAnnotation,
  fromAnnotation,
  letGoAnnotation,
  placeholderLabel,
  restoreFinalizer,
} from '../../../src/api/group.ts';
import { plurals, readDefinition, type SchemaNode, walk } from './custom-resource-definitions.ts';

/** The page docs/reference.md: every field of the kinds, and every name left on other people's objects. */
export function renderReference(): string {
  return [
    '# Reference of the kinds',
    '',
    'Group `headstart.dev`, version `v1alpha1`, all namespaced, category `headstart`. Written from `crds/` by `npx vitest run test/crds/reference.test.ts -u`; do not edit.',
    '',
    ...plurals.flatMap(renderKind),
    ...renderNames(),
  ].join('\n');
}

function renderKind(plural: (typeof plurals)[number]): readonly string[] {
  const { root, names } = readDefinition(plural);
  const rules = walk(root).flatMap(([, node]) => node['x-kubernetes-validations'] ?? []);
  return [
    `## ${names.kind}`,
    '',
    root.description ?? '',
    '',
    '| field | type | default | bounds | |',
    '|---|---|---|---|---|',
    ...walk(root)
      .filter(([path]) => /^(spec|status)[.[]/.test(path))
      .filter(
        ([path]) => !/^(spec\.sale|status\.edits\[\])\.spec\./.test(path) && !path.startsWith('status.conditions[]'),
      )
      .map(([path, node]) => renderField(path, node, isRequired(root, path))),
    '',
    ...(rules.length === 0
      ? []
      : ['Refused by the API server unless:', '', ...rules.map(rule => `- ${rule.message}`), '']),
  ];
}

function renderField(path: string, node: SchemaNode, required: boolean): string {
  const cells = [
    `\`${path}\`${required ? ' (required)' : ''}`,
    typeOf(node),
    node.default === undefined ? '' : `\`${JSON.stringify(node.default)}\``,
    boundsOf(node),
    node.description ?? '',
  ];
  return `| ${cells.join(' | ')} |`;
}

function typeOf(node: SchemaNode): string {
  if (node['x-kubernetes-int-or-string']) return 'Quantity';
  if (node.enum) return node.enum.map(value => `\`${value}\``).join(' ');
  const keys = node['x-kubernetes-list-map-keys'];
  if (node.type === 'array')
    return keys === undefined ? `${node['x-kubernetes-list-type']} list` : `list by \`${keys}\``;
  return node.type ?? '';
}

function boundsOf(node: SchemaNode): string {
  if (node.minimum !== undefined) return `${node.minimum}–${node.maximum}`;
  if (node.maxItems !== undefined) return `≤ ${node.maxItems}`;
  return node.maxLength === undefined ? '' : `≤ ${node.maxLength} characters`;
}

function isRequired(root: SchemaNode, path: string): boolean {
  const keys = path.replaceAll('[]', '.[]').split('.');
  const parent = keys
    .slice(0, -1)
    .reduce<SchemaNode | undefined>((node, key) => (key === '[]' ? node?.items : node?.properties?.[key]), root);
  return parent?.required?.includes(keys.at(-1) ?? '') ?? false;
}

function renderNames(): readonly string[] {
  const rows = [
    [fieldManager, 'field manager', 'owns the bounds of an HPA from the first raise to the finished restore'],
    [
      floorAnnotation,
      'annotation on an HPA',
      'the floor that its minimum must not fall below; gone when the minimum is restored',
    ],
    [floorMaxAnnotation, 'annotation on an HPA', 'the same for its maximum'],
    [
      fromAnnotation,
      'annotation on an HPA',
      'its bounds before the raise, as `4..20`; gone with the last of the two above',
    ],
    [restoreFinalizer, 'finalizer on a ScalingTarget', 'set before the first raise, gone once restored'],
    [
      letGoAnnotation,
      'annotation on a ScalingTarget',
      'set to `true` by a person: a target that is being deleted goes without a restore, and what is raised stays as it is',
    ],
    [
      breakGlassAnnotation,
      'annotation on a workload',
      'set by a person to `status.freeze.since` of the ScalingPolicy and a reason: its pod template may be changed in that freeze window',
    ],
    [
      placeholderLabel,
      'label on a Deployment',
      'set by a person or Git: its pods keep room for those of the ScalingTarget that it names, and its replicas are the operator’s',
    ],
    [flashSaleLabel, 'label on a SalePlan', 'the name of its FlashSale'],
  ];
  return [
    '## Names on other objects',
    '',
    '| name | what | |',
    '|---|---|---|',
    ...rows.map(([name, what, why]) => `| \`${name}\` | ${what} | ${why} |`),
    '',
  ];
}
