import { Construct } from 'constructs';
import type { SecretStoreFacts } from '../../facts/secret-store-schema.ts';
import { CopiedSecret, NamespaceSecretStore } from '../stores/secret-store.ts';

/**
 * The name of the secret with the keys and tokens of metric sources, which the operator mounts as files if it exists.
 */
export const operatorCredentials = 'headstart-credentials';

/** The folder of the operator's secrets in the store. */
const folder = 'headstart';

export interface OperatorCredentialsProps {
  readonly secretStore: SecretStoreFacts;
}

/** That secret from a secret store. A shop without one creates the secret by hand. */
export class OperatorCredentials extends Construct {
  constructor(scope: Construct, id: string, { secretStore }: OperatorCredentialsProps) {
    super(scope, id);
    new NamespaceSecretStore(this, 'store', { facts: secretStore, folder });
    new CopiedSecret(this, 'credentials', { secret: operatorCredentials, key: folder });
  }
}
