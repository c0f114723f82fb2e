type Fields = Readonly<Record<string, unknown>>;

/** A small valid FlashSale as it comes from YAML, with `spec` laid over it. */
export function flashSale(spec: Fields) {
  return object('FlashSale', 'sneaker-drop', {
    startTime: '2026-11-27T20:00:00+01:00',
    endTime: '2026-11-27T22:00:00+01:00',
    ...spec,
  });
}

/** A small valid ScalingTarget as it comes from YAML, with `spec` laid over it. */
export function scalingTarget(spec: Fields) {
  return object('ScalingTarget', 'checkout', {
    workloadRef: { name: 'checkout' },
    baseline: { minReplicas: 4, maxReplicas: 20 },
    ceiling: 240,
    capacityPerReplica: '45',
    demand: { query: 'sum(rate(http_requests_total{service="checkout"}[1m]))' },
    ...spec,
  });
}

/** The ScalingPolicy of a namespace as it comes from YAML, with `spec`. */
export function scalingPolicy(spec: Fields) {
  return object('ScalingPolicy', 'default', spec);
}

/** A SalePlan just made, as it comes from the API. */
export function salePlan() {
  return object('SalePlan', 'sneaker-drop-20261127-1900', {
    sale: { name: 'sneaker-drop', uid: '7f1c', spec: flashSale({}).spec },
  });
}

function object(kind: string, name: string, spec: Fields) {
  return { apiVersion: 'headstart.dev/v1alpha1', kind, metadata: { name, namespace: 'marketplace' }, spec };
}
