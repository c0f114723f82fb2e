import { z } from 'zod';
import { dnsLabel, domain } from '../schema-parts.ts';
import { operatorSchema, pageAddress } from './operator-schema.ts';

/** The oldest minor version of Kubernetes in which all kinds of the charts are served. */
const oldestMinor = 30;

/** A version of Kubernetes, such as 1.36. */
export const kubernetesVersion = z
  .string()
  .regex(/^1\.\d{1,3}$/, 'must be a version of Kubernetes, such as "1.36"')
  .refine(
    version => Number(version.slice('1.'.length)) >= oldestMinor,
    `must be 1.${oldestMinor} or later, where every kind of the manifests is served`,
  );

/** A cluster of a shop that has more than one. */
export const shopClusterSchema = z.strictObject({
  name: dnsLabel.max(40).describe('Its name; where Datadog is used, the one that its agents state.'),
  server: z
    .url({ protocol: /^https$/ })
    .exactOptional()
    .describe('The address of its API server, by which Argo CD knows it. If absent, the one that Argo CD runs in.'),
  kubeConfigSecret: domain
    .exactOptional()
    .describe('The Secret in flux-system with which Flux reaches it. If absent, the one that Flux runs in.'),
  kubernetesVersion: kubernetesVersion.exactOptional().describe('@default kubernetesVersion of the shop'),
  pageUrl: pageAddress
    .exactOptional()
    .describe('Where people open the page of its operator. @default pageUrl of the shop'),
  operator: operatorSchema.exactOptional().describe('Settings of its operator. @default operator of the shop'),
});
