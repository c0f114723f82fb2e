import { z } from 'zod';
import type { FieldPath, ManifestObject } from '../../manifests/manifest-object.ts';
import { valuesAt } from '../../manifests/values-at.ts';

/** A Service that a route sends requests to. */
export interface RouteBackend {
  readonly namespace: string;
  readonly name: string;
  /** Number or name of its port; undefined when the route states none. */
  readonly port: number | string | undefined;
  readonly field: FieldPath;
  readonly portField: FieldPath;
}

const ingressBackend = z
  .looseObject({
    service: z
      .looseObject({
        name: z.string(),
        port: z.looseObject({ number: z.number().nullish(), name: z.string().nullish() }).nullish(),
      })
      .nullish(),
  })
  .nullish();
const ingressSchema = z.looseObject({
  spec: z.looseObject({
    defaultBackend: ingressBackend,
    rules: z
      .array(
        z.looseObject({
          http: z.looseObject({ paths: z.array(z.looseObject({ backend: ingressBackend })) }).nullish(),
        }),
      )
      .nullish(),
  }),
});

const routeSchema = z.looseObject({
  spec: z.looseObject({
    rules: z.array(
      z.looseObject({
        backendRefs: z
          .array(
            z.looseObject({
              group: z.string().nullish(),
              kind: z.string().nullish(),
              namespace: z.string().nullish(),
              name: z.string(),
              port: z.number().nullish(),
            }),
          )
          .nullish(),
      }),
    ),
  }),
});

const webhookKinds = ['ValidatingWebhookConfiguration', 'MutatingWebhookConfiguration', 'APIService'];
const webhookService = z.looseObject({ namespace: z.string(), name: z.string(), port: z.number().nullish() });

/** Returns the Services that an Ingress, a route of the Gateway API or a webhook leads to; none for other kinds. */
export function backendsOf(object: ManifestObject): readonly RouteBackend[] {
  if (object.kind === 'Ingress' && object.apiVersion === 'networking.k8s.io/v1') return ingressBackends(object);
  if (webhookKinds.includes(object.kind)) return webhookBackends(object);
  const isRoute = object.apiVersion.startsWith('gateway.networking.k8s.io/') && /^[A-Z]+Route$/.test(object.kind);
  return isRoute ? routeBackends(object) : [];
}

function ingressBackends({ namespace, value }: ManifestObject): readonly RouteBackend[] {
  const spec = ingressSchema.safeParse(value).data?.spec;
  const placed = [
    { backend: spec?.defaultBackend, at: ['spec', 'defaultBackend'] },
    ...(spec?.rules ?? []).flatMap(({ http }, rule) =>
      (http?.paths ?? []).map(({ backend }, path) => ({
        backend,
        at: ['spec', 'rules', rule, 'http', 'paths', path, 'backend'],
      })),
    ),
  ];
  return placed.flatMap(({ backend, at }) => {
    const { name, port } = backend?.service ?? {};
    if (name === undefined) return [];
    const field = [...at, 'service'];
    return [{ namespace, name, port: port?.number ?? port?.name ?? undefined, field, portField: [...field, 'port'] }];
  });
}

function routeBackends({ namespace: own, value }: ManifestObject): readonly RouteBackend[] {
  return (routeSchema.safeParse(value).data?.spec.rules ?? []).flatMap(({ backendRefs }, rule) =>
    (backendRefs ?? []).flatMap(({ group, kind, namespace, name, port }, index) => {
      if ((group ?? '') !== '' || (kind ?? 'Service') !== 'Service') return [];
      const at = ['spec', 'rules', rule, 'backendRefs', index];
      return [
        {
          namespace: namespace ?? own,
          name,
          port: port ?? undefined,
          field: [...at, 'name'],
          portField: [...at, 'port'],
        },
      ];
    }),
  );
}

/** Services that the API server itself asks, at 443 unless another port is stated. */
function webhookBackends({ value }: ManifestObject): readonly RouteBackend[] {
  const placed = [...valuesAt(value, 'webhooks[].clientConfig.service'), ...valuesAt(value, 'spec.service')];
  return placed.flatMap(({ field, value: stated }) => {
    const { data } = webhookService.safeParse(stated);
    if (data === undefined) return [];
    return [{ ...data, port: data.port ?? 443, field: [...field, 'name'], portField: [...field, 'port'] }];
  });
}
