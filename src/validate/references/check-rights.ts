import { z } from 'zod';
import { closestWord } from '../../api/faults/closest-word.ts';
import type { FieldPath, ManifestObject } from '../../manifests/manifest-object.ts';
import { valuesAt } from '../../manifests/values-at.ts';
import type { Remark, Rule } from '../finding.ts';
import { selects } from '../known-objects.ts';
import { podTemplatesOf } from '../pods/pod-templates-of.ts';
import { declaredIn, missingReference } from './declared.ts';
import { groupsOfResource, knownVerbs } from './role-words.ts';
import { servicesOf } from './services.ts';

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
      if (!/Role$/.test(object.kind)) return [...bindingRemarks(object, objects), ...adminRemarks(object, objects)];
      return [...wildcards(object), ...unknownRights(object)];
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

/** Verbs that are a slip of one that there is, and resources that none of the rule's groups has. */
function unknownRights(object: ManifestObject): readonly Remark[] {
  return (roleSchema.safeParse(object.value).data?.rules ?? []).flatMap((rule, index): readonly Remark[] => {
    const verbs = rule.verbs.flatMap((verb, at): readonly Remark[] => {
      const near = verb === '*' || knownVerbs.includes(verb) ? undefined : closestWord(verb, knownVerbs);
      if (near === undefined) return [];
      const message = `gives the verb ${verb}, which there is not; did you mean ${near}?`;
      return [{ code: 'no-such-right', object, field: ['rules', index, 'verbs', at], message }];
    });
    const isAnywhere = rule.apiGroups.some(group => group === '*' || group === 'extensions');
    const resources = rule.resources.flatMap((resource, at): readonly Remark[] => {
      const groups = groupsOfResource.get(resource) ?? [];
      if (isAnywhere || groups.length === 0 || groups.some(group => rule.apiGroups.includes(group))) return [];
      const message = `gives rights to ${resource}, which none of the groups of the rule has: add "${groups[0]}"`;
      return [
        { code: 'no-such-right', severity: 'warning', object, field: ['rules', index, 'resources', at], message },
      ];
    });
    return [...verbs, ...resources];
  });
}

/**
 * Accounts that may do everything in the cluster: an error where every pod of the namespace has the account, and where
 * pods that a Service opens to others run under it.
 */
function adminRemarks(object: ManifestObject, objects: readonly ManifestObject[]): readonly Remark[] {
  const binding = bindingSchema.safeParse(object.value).data;
  if (object.kind !== 'ClusterRoleBinding' || binding?.roleRef.name !== 'cluster-admin') return [];
  return (binding.subjects ?? []).flatMap(({ kind, name, namespace }, index): readonly Remark[] => {
    if (kind !== 'ServiceAccount') return [];
    const exposed = podTemplatesOf(objects).find(
      ({ object: workload, labels, spec }) =>
        workload.namespace === namespace &&
        (spec.serviceAccountName ?? 'default') === name &&
        servicesOf(objects).some(each => each.object.namespace === namespace && selects(each.spec.selector, labels)),
    );
    const severity = name === 'default' || exposed !== undefined ? 'error' : 'warning';
    const whose =
      exposed === undefined ? '' : `, under which ${exposed.object.kind} ${exposed.object.name} serves others`;
    const message = `gives every right in the cluster to ServiceAccount ${name}${whose}: bind a role with what it needs`;
    return [{ severity, object, field: ['subjects', index, 'name'], message }];
  });
}

function bindingRemarks(object: ManifestObject, objects: readonly ManifestObject[]): readonly Remark[] {
  const binding = bindingSchema.safeParse(object.value).data;
  if (binding === undefined) return [];
  const { roleRef, subjects } = binding;
  const declared = declaredIn(objects);
  const namespace = roleRef.kind === 'ClusterRole' ? '' : object.namespace;
  const isGiven =
    roleRef.name === 'extension-apiserver-authentication-reader' ||
    roleRef.name.startsWith('system:') ||
    (roleRef.kind === 'ClusterRole' && given.includes(roleRef.name));
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
      if (kind !== 'ServiceAccount') return [];
      if ((stated ?? '') === '' && object.kind === 'ClusterRoleBinding')
        return [homeless(object, name, objects, field)];
      if (name === 'default') return [];
      const account = { from: object, kind, namespace: stated ?? object.namespace, name };
      const gone = missingReference(account, declared);
      return gone === undefined ? [] : [{ code: 'missing-role', object, field, ...gone }];
    }),
  ];
}

/** An account without its namespace, which the API server asks for; kustomize fills it in where the account has none. */
function homeless(object: ManifestObject, name: string, objects: readonly ManifestObject[], field: FieldPath): Remark {
  const isPlaced = objects.some(
    each =>
      each.kind === 'ServiceAccount' && each.name === name && valuesAt(each.value, 'metadata.namespace').length > 0,
  );
  const message = `ServiceAccount ${name} needs its namespace in a ClusterRoleBinding`;
  return { code: 'refused-value', severity: isPlaced ? 'error' : 'warning', object, field, message };
}
