import type { Body } from './driver.ts';

/** The suite's own kind: one field for each thing a structural schema can ask. */
export function widgetDefinition(group: string): Body {
  return {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: `widgets.${group}` },
    spec: {
      group,
      scope: 'Namespaced',
      names: { plural: 'widgets', singular: 'widget', kind: 'Widget', listKind: 'WidgetList', shortNames: ['wdg'] },
      versions: [
        {
          name: 'v1',
          served: true,
          storage: true,
          subresources: {
            status: {},
            scale: { specReplicasPath: '.spec.replicas', statusReplicasPath: '.status.replicas' },
          },
          selectableFields: [{ jsonPath: '.spec.colour' }],
          additionalPrinterColumns: [
            { name: 'Title', type: 'string', jsonPath: '.spec.title' },
            { name: 'Replicas', type: 'integer', priority: 1, jsonPath: '.spec.replicas' },
            { name: 'Ready', type: 'string', jsonPath: '.status.conditions[?(@.type=="Ready")].status' },
            { name: 'Age', type: 'date', jsonPath: '.metadata.creationTimestamp' },
          ],
          schema: { openAPIV3Schema: schema },
        },
      ],
    },
  };
}

const part = {
  type: 'object',
  required: ['name'],
  properties: {
    name: { type: 'string' },
    weight: { type: 'integer' },
    unit: { type: 'string', default: 'kg' },
  },
};

const schema = {
  type: 'object',
  properties: {
    spec: {
      type: 'object',
      properties: {
        replicas: { type: 'integer', minimum: 0, maximum: 1000 },
        colour: { type: 'string', enum: ['red', 'green', 'blue'], default: 'red' },
        title: { type: 'string', maxLength: 10, minLength: 2, pattern: '^[a-z-]+$' },
        since: { type: 'string', format: 'date-time' },
        share: { type: 'number', minimum: 0, maximum: 1, exclusiveMaximum: true },
        enabled: { type: 'boolean' },
        size: { 'x-kubernetes-int-or-string': true },
        nothing: { type: 'string', nullable: true },
        parts: {
          type: 'array',
          maxItems: 3,
          'x-kubernetes-list-type': 'map',
          'x-kubernetes-list-map-keys': ['name'],
          items: part,
        },
        tags: { type: 'array', 'x-kubernetes-list-type': 'set', items: { type: 'string' } },
        steps: { type: 'array', items: { type: 'string' } },
        limits: { type: 'object', additionalProperties: { type: 'integer', minimum: 0 } },
        whole: { type: 'object', 'x-kubernetes-map-type': 'atomic', additionalProperties: { type: 'string' } },
        free: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true },
        nested: {
          type: 'object',
          required: ['kind'],
          properties: { kind: { type: 'string' }, retries: { type: 'integer', default: 3 } },
        },
      },
    },
    status: {
      type: 'object',
      properties: {
        replicas: { type: 'integer' },
        message: { type: 'string', maxLength: 20 },
        conditions: {
          type: 'array',
          'x-kubernetes-list-type': 'map',
          'x-kubernetes-list-map-keys': ['type'],
          items: {
            type: 'object',
            required: ['type', 'status'],
            properties: { type: { type: 'string' }, status: { type: 'string' }, reason: { type: 'string' } },
          },
        },
      },
    },
  },
};
