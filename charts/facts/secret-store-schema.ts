import { z } from 'zod';

/** The secret store of the shop, from which each namespace reads what is its own. */
export const secretStoreSchema = z
  .strictObject({
    provider: z
      .record(z.string(), z.json())
      .describe('The provider of an External Secrets SecretStore; `{environment}` in its texts is replaced.'),
    accountAnnotations: z
      .record(z.string(), z.string())
      .default({})
      .describe('Annotations of the account `secrets` that a provider may name; `{environment}` is replaced.'),
  })
  .describe('Each namespace has a SecretStore of its own, so that none reads the secrets of another.');

export type SecretStoreFacts = z.output<typeof secretStoreSchema>;

/** The folder of an environment's secrets in the store; previews share one, which is not that of what they are like. */
export function secretFolder({ name, stage }: { readonly name: string; readonly stage: string }): string {
  return stage === 'preview' ? 'preview' : name;
}

/** The facts of a secret store with `{environment}` replaced in every text. */
export function secretStoreFor(facts: SecretStoreFacts, folder: string): SecretStoreFacts {
  return secretStoreSchema.parse(
    JSON.parse(JSON.stringify(facts), (_, value: unknown) =>
      typeof value === 'string' ? value.replaceAll('{environment}', folder) : value,
    ),
  );
}
