import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';

/**
 * The name of the secret with the keys and tokens of metric sources, which the operator mounts as files if it exists.
 */
export const operatorCredentials = 'headstart-credentials';

export interface OperatorCredentialsProps {
  /** @default 'marketplace' */
  readonly secretStore?: string;
  /** The entry in the store. @default 'headstart' */
  readonly key?: string;
}

/** That secret from a secret store. A shop without one creates the secret by hand and leaves this folder out. */
export class OperatorCredentials extends Construct {
  constructor(
    scope: Construct,
    id: string,
    { secretStore = 'marketplace', key = 'headstart' }: OperatorCredentialsProps = {},
  ) {
    super(scope, id);
    new ApiObject(this, 'credentials', {
      apiVersion: 'external-secrets.io/v1',
      kind: 'ExternalSecret',
      metadata: { name: operatorCredentials },
      spec: {
        refreshInterval: '1h',
        secretStoreRef: { kind: 'ClusterSecretStore', name: secretStore },
        target: { name: operatorCredentials, creationPolicy: 'Owner' },
        dataFrom: [{ extract: { key } }],
      },
    });
  }
}
