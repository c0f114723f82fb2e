import { z } from 'zod';
import { namespaceName, objectName } from './names/object-name.ts';

const managedFieldsEntrySchema = z.looseObject({
  manager: z.string().optional(),
  operation: z.string().optional(),
  time: z.string().optional(),
  subresource: z.string().optional(),
  fieldsV1: z.unknown().optional(),
});

/** Fields of Kubernetes' ObjectMeta that Headstart reads; all others are kept unchanged. */
export const objectMetaSchema = z.looseObject({
  name: objectName,
  namespace: namespaceName.default('default'),
  uid: z.string().optional(),
  resourceVersion: z.string().optional(),
  generation: z.int().optional(),
  creationTimestamp: z.string().optional(),
  deletionTimestamp: z.string().optional(),
  labels: z.record(z.string(), z.string()).optional(),
  annotations: z.record(z.string(), z.string()).optional(),
  finalizers: z.array(z.string()).optional(),
  managedFields: z.array(managedFieldsEntrySchema).optional(),
});

export type ObjectMeta = z.infer<typeof objectMetaSchema>;
