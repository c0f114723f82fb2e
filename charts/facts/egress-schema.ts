import { z } from 'zod';

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
