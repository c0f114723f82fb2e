import { ApiObject } from 'cdk8s';
import { ServiceAccount } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { type SecretStoreFacts, secretStoreFor } from '../../facts/secret-store-schema.ts';

/** The name of each namespace's SecretStore. */
const name = 'secrets';

export interface NamespaceSecretStoreProps {
  readonly facts: SecretStoreFacts;
  /** The folder of the secrets that the namespace may read. */
  readonly folder: string;
}

/** The SecretStore of one namespace, and the account by which the provider knows it. */
export class NamespaceSecretStore extends Construct {
  constructor(scope: Construct, id: string, { facts, folder }: NamespaceSecretStoreProps) {
    super(scope, id);
    const { provider, accountAnnotations } = secretStoreFor(facts, folder);
    new ServiceAccount(this, 'account', {
      metadata: { name, annotations: accountAnnotations },
    });
    new ApiObject(this, 'store', {
      apiVersion: 'external-secrets.io/v1',
      kind: 'SecretStore',
      metadata: { name },
      spec: { provider },
    });
  }
}

export interface CopiedSecretProps {
  /** The name of the Secret that is made. */
  readonly secret: string;
  /** The entry in the store. */
  readonly key: string;
  /** The Secret's data as templates over the entry's keys. @default the entry's keys as they are */
  readonly template?: Readonly<Record<string, string>>;
  /** The type of the Secret. @default 'Opaque' */
  readonly type?: string;
}

/** An ExternalSecret that copies one entry of the namespace's SecretStore to a Secret, every hour. */
export class CopiedSecret extends Construct {
  constructor(scope: Construct, id: string, { secret, key, template, type }: CopiedSecretProps) {
    super(scope, id);
    new ApiObject(this, 'copy', {
      apiVersion: 'external-secrets.io/v1',
      kind: 'ExternalSecret',
      metadata: { name: secret },
      spec: {
        refreshInterval: '1h',
        secretStoreRef: { kind: 'SecretStore', name },
        target: {
          name: secret,
          creationPolicy: 'Owner',
          ...(template === undefined ? {} : { template: { ...(type === undefined ? {} : { type }), data: template } }),
        },
        dataFrom: [{ extract: { key } }],
      },
    });
  }
}
