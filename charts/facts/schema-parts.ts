import { z } from 'zod';

/** A name as DNS has it: of services, environments and namespaces. */
export const dnsLabel = z
  .string()
  .max(63)
  .regex(/^[a-z]([-a-z0-9]*[a-z0-9])?$/, 'must be lower-case letters, digits and "-"');
/** A name of hosts, such as shop.example. */
export const domain = z
  .string()
  .max(253)
  .regex(
    /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?(\.[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?)*$/,
    'must be a domain, such as shop.example',
  );
/** A path of a URL, without a query. */
export const urlPath = z
  .string()
  .max(200)
  .regex(/^\/[\w./-]*$/, 'must be a path, such as /readyz');
/** A number of pods. */
export const replicaCount = z.int().min(1).max(100_000);
const apiVersion = z.string().regex(/^v\d+$/, 'must be an API version, such as v1');

/** The protocol of a port. HTTP/1 and gRPC differ in balancing, probes and routes. */
const protocolSchema = z.enum(['http', 'grpc']);

/** A port of a service and the API that it offers. */
export const portSchema = z.strictObject({
  name: dnsLabel.max(15).describe('The name by which probes, routes and policies call it.'),
  port: z.int().min(1024).max(65_535),
  protocol: protocolSchema,
  api: z.array(apiVersion).min(1).describe('The versions of the API that the port offers.'),
});

/** A call of one service to another. */
export const callSchema = z.strictObject({
  service: dnsLabel,
  protocol: protocolSchema.default('http'),
  api: apiVersion.default('v1'),
  perThousandRequests: z.int().min(0).max(10_000_000).describe('Calls per thousand requests served here.'),
});

/** One use of a store or of a limit from outside, in connections of each replica or in calls per request. */
export const useSchema = z
  .strictObject({
    limit: dnsLabel,
    perReplica: z.int().min(0).max(1_000_000).optional().describe('Connections that each replica keeps.'),
    perThousandRequests: z
      .int()
      .min(0)
      .max(10_000_000)
      .optional()
      .describe('Calls per thousand requests, for a limit that is stated per second.'),
  })
  .refine(
    ({ perReplica, perThousandRequests }) => (perReplica === undefined) !== (perThousandRequests === undefined),
    'must state perReplica or perThousandRequests, and not both',
  );

/** One place outside the cluster that a service calls. */
export const egressSchema = z
  .strictObject({
    host: z
      .string()
      .max(253)
      .regex(/^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$/, 'must be a host name, such as api.partner.example')
      .optional()
      .describe('A host on the internet; a NetworkPolicy knows no names, so any public address is open on the port.'),
    cidr: z.cidrv4().optional().describe('The addresses of a private network, such as 10.20.0.0/16.'),
    port: z.int().min(1).max(65_535),
    for: z
      .string()
      .max(63)
      .optional()
      .describe('The partner of its uses that is reached so, such as partner-payments.'),
  })
  .refine(({ host, cidr }) => (host === undefined) !== (cidr === undefined), 'must have either host or cidr');
