import { z } from 'zod';
import { type SecretStoreFacts, secretStoreSchema } from './secret-store-schema.ts';
import { type BackupFacts, backupsSchema, type StoreFacts, storeSchema } from './store-schema.ts';

/** The stores that differ from the default of their kind. */
export const stores: Readonly<Record<string, StoreFacts>> = z.record(z.string(), storeSchema).parse({
  'redis-cart': { keeps: 'Data', storageGibibytes: 8 },
  'postgres-orders': { storageGibibytes: 60 },
});

/** Where databases inside the cluster are copied to. */
export const backups: BackupFacts = backupsSchema.parse({
  destination: 's3://marketplace-backups',
  roleArn: 'arn:aws:iam::123456789012:role/marketplace-backups-{environment}',
});

/** The secret store: each namespace has a role of its own, which may read one folder. */
export const secretStore: SecretStoreFacts = secretStoreSchema.parse({
  provider: {
    aws: {
      service: 'SecretsManager',
      region: 'eu-central-1',
      auth: { jwt: { serviceAccountRef: { name: 'secrets' } } },
    },
  },
  accountAnnotations: {
    'eks.amazonaws.com/role-arn': 'arn:aws:iam::123456789012:role/marketplace-secrets-{environment}',
  },
});
