import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import type { BackupFacts } from '../../facts/store-schema.ts';
import { kept } from './kept.ts';

const plugin = 'barman-cloud.cloudnative-pg.io';

export interface DatabaseBackupsProps {
  /** The CloudNativePG cluster, whose name the objects bear. */
  readonly cluster: string;
  /** The folder in the bucket. */
  readonly folder: string;
  readonly facts: BackupFacts;
}

/**
 * The copies of one database in a bucket, by CloudNativePG's Barman Cloud plugin: changes as they come, and a whole
 * copy a day, so that it can be restored to any second of the kept days.
 *
 * @see https://cloudnative-pg.io/plugin-barman-cloud/docs/usage/
 */
export class DatabaseBackups extends Construct {
  constructor(scope: Construct, id: string, { cluster, folder, facts }: DatabaseBackupsProps) {
    super(scope, id);
    const { destination, schedule, retentionDays } = facts;
    new ApiObject(this, 'object-store', {
      apiVersion: 'barmancloud.cnpg.io/v1',
      kind: 'ObjectStore',
      metadata: { name: cluster, annotations: kept },
      spec: {
        retentionPolicy: `${retentionDays}d`,
        configuration: {
          destinationPath: `${destination}/${folder}`,
          ...credentialsFor(destination),
          wal: { compression: 'gzip' },
        },
      },
    });
    new ApiObject(this, 'schedule', {
      apiVersion: 'postgresql.cnpg.io/v1',
      kind: 'ScheduledBackup',
      metadata: { name: cluster, annotations: kept },
      spec: {
        schedule,
        immediate: true,
        cluster: { name: cluster },
        method: 'plugin',
        pluginConfiguration: { name: plugin },
        backupOwnerReference: 'none',
      },
    });
  }
}

/** What a Cluster states so that the plugin copies its changes: the ObjectStore has the Cluster's own name. */
export function backupPlugin(cluster: string, environment: string, { roleArn }: BackupFacts) {
  const role = roleArn?.replaceAll('{environment}', environment);
  return {
    plugins: [{ name: plugin, isWALArchiver: true, parameters: { barmanObjectName: cluster } }],
    ...(role === undefined
      ? {}
      : { serviceAccountTemplate: { metadata: { annotations: { 'eks.amazonaws.com/role-arn': role } } } }),
  };
}

/** The credentials of the pod's own account, as each cloud calls them. */
function credentialsFor(destination: string) {
  if (destination.startsWith('s3:')) return { s3Credentials: { inheritFromIAMRole: true } };
  return destination.startsWith('gs:')
    ? { googleCredentials: { gkeEnvironment: true } }
    : { azureCredentials: { inheritFromAzureAD: true } };
}
