import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';

/** A node of a CRD's schema, as far as tests look at it. */
export interface SchemaNode {
  readonly description?: string;
  readonly type?: string;
  readonly properties?: Readonly<Record<string, SchemaNode>>;
  readonly items?: SchemaNode;
  readonly required?: readonly string[];
  readonly enum?: readonly string[];
  readonly default?: unknown;
  readonly nullable?: boolean;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly maxItems?: number;
  readonly pattern?: string;
  readonly anyOf?: readonly SchemaNode[];
  readonly 'x-kubernetes-int-or-string'?: boolean;
  readonly 'x-kubernetes-list-type'?: string;
  readonly 'x-kubernetes-list-map-keys'?: readonly string[];
  readonly 'x-kubernetes-validations'?: readonly Readonly<Record<string, string>>[];
}

interface CustomResourceDefinition {
  readonly spec: {
    readonly names: { readonly kind: string; readonly plural: string };
    readonly versions: readonly {
      readonly additionalPrinterColumns: readonly {
        readonly name: string;
        readonly type: string;
        readonly priority?: number;
      }[];
      readonly schema: { readonly openAPIV3Schema: SchemaNode };
    }[];
  };
}

/** The kinds' files below crds/, by plural. */
export const plurals = ['flashsales', 'scalingtargets', 'scalingpolicies', 'saleplans'] as const;

/** crds/<plural>.yaml, its one version taken out. */
export function readDefinition(plural: (typeof plurals)[number]) {
  const definition: CustomResourceDefinition = parse(readFileSync(path.join('crds', `${plural}.yaml`), 'utf8'));
  const [version] = definition.spec.versions;
  if (version === undefined) throw new Error(`crds/${plural}.yaml has no version`);
  return { names: definition.spec.names, ...version, root: version.schema.openAPIV3Schema };
}

/** Every node below `node`, with its path: `spec.calls[].target`. */
export function walk(node: SchemaNode, at = ''): readonly (readonly [string, SchemaNode])[] {
  const children = Object.entries(node.properties ?? {}).flatMap(([key, child]) =>
    walk(child, at === '' ? key : `${at}.${key}`),
  );
  return [[at, node], ...children, ...(node.items === undefined ? [] : walk(node.items, `${at}[]`))];
}
