import { z } from 'zod';
import type { ManifestObject } from '../../manifests/manifest-object.ts';
import type { Remark, Rule } from '../finding.ts';
import { declaredIn, missingReference } from './declared.ts';

const list = z
  .array(z.string())
  .nullish()
  .transform(items => items ?? []);
const roleSchema = z.looseObject({
  rules: z.array(z.looseObject({ verbs: list, resources: list, apiGroups: list, nonResourceURLs: list })).nullish(),
});
const bindingSchema = z.looseObject({
  roleRef: z.looseObject({ kind: z.string(), name: z.string() }),
  subjects: z.array(z.looseObject({ kind: z.string(), name: z.string(), namespace: z.string().nullish() })).nullish(),
});

/** Roles that every cluster has. */
const given = ['cluster-admin', 'admin', 'edit', 'view'];
/** Groups that anybody is in. */
const everybody = ['system:anonymous', 'system:unauthenticated', 'system:authenticated'];

/**
 * Checks RBAC: a wildcard in a rule, a right for everybody, and bindings of a role or an account that is not there.
 */
export const checkRights: Rule = {
  code: 'wildcard-rights',
  check: objects =>
    objects.flatMap(object => {
      if (!object.apiVersion.startsWith('rbac.authorization.k8s.io/')) return [];
      return /Role$/.test(object.kind) ? wildcards(object) : bindingRemarks(object, objects);
    }),
};

function wildcards(object: ManifestObject): readonly Remark[] {
  return (roleSchema.safeParse(object.value).data?.rules ?? []).flatMap((rule, index) =>
    (['verbs', 'resources', 'apiGroups'] as const)
      .filter(field => rule[field].includes('*') && rule.nonResourceURLs.length === 0)
      .map(field => ({
        object,
        severity: 'warning' as const,
        field: ['rules', index, field],
        message: `gives rights to all ${field === 'apiGroups' ? 'API groups' : field}, those of tomorrow included: name them`,
      })),
  );
}

function bindingRemarks(object: ManifestObject, objects: readonly ManifestObject[]): readonly Remark[] {
  const binding = bindingSchema.safeParse(object.value).data;
  if (binding === undefined) return [];
  const { roleRef, subjects } = binding;
  const declared = declaredIn(objects);
  const namespace = roleRef.kind === 'ClusterRole' ? '' : object.namespace;
  const isGiven =
    roleRef.kind === 'ClusterRole' && (given.includes(roleRef.name) || roleRef.name.startsWith('system:'));
  const missing = isGiven
    ? undefined
    : missingReference({ from: object, kind: roleRef.kind, namespace, name: roleRef.name }, declared);
  const role = declared.find(roleRef.kind, namespace, roleRef.name);
  const isWide = roleRef.name === 'cluster-admin' || (role !== undefined && wildcards(role).length > 0);
  return [
    ...(missing === undefined
      ? []
      : [{ code: 'missing-role' as const, object, field: ['roleRef', 'name'], ...missing }]),
    ...(subjects ?? []).flatMap(({ kind, name, namespace: stated }, index): readonly Remark[] => {
      const field = ['subjects', index, 'name'];
      if (isWide && everybody.includes(name)) {
        return [
          { object, field, message: `gives ${roleRef.name}, which has rights to everything, to ${name}: anybody` },
        ];
      }
      if (kind !== 'ServiceAccount' || name === 'default') return [];
      const account = { from: object, kind, namespace: stated ?? object.namespace, name };
      const gone = missingReference(account, declared);
      return gone === undefined ? [] : [{ code: 'missing-role', object, field, ...gone }];
    }),
  ];
}
