import { z } from 'zod';

const mebibytes = z.int().min(64).max(512_000);

/** The sizes of one store, in every environment that runs it inside the cluster. */
export const storeSchema = z.strictObject({
  keeps: z
    .enum(['Cache', 'Data'])
    .optional()
    .describe(
      'What a Redis holds: a cache may be lost; data is replicated, kept on disk and read with a password. @default Cache',
    ),
  cpuMillicores: z.int().min(10).max(64_000).optional().describe('CPU of one pod. @default by its kind'),
  memoryMebibytes: mebibytes.optional().describe('Memory of one pod. @default by its kind'),
  storageGibibytes: z.int().min(1).max(64_000).optional().describe('Disk of one pod that keeps data. @default 20'),
  maxConnections: z
    .int()
    .min(50)
    .max(10_000)
    .optional()
    .describe('Connections that one PostgreSQL serves; its poolers share them among the clients. @default 200'),
});

export type StoreFacts = z.output<typeof storeSchema>;

/** Where the databases inside the cluster are copied to. */
export const backupsSchema = z
  .strictObject({
    destination: z
      .string()
      .max(200)
      .regex(/^(s3|gs|https):\/\/\S+[^/]$/, 'must be the address of a bucket, such as s3://shop-backups')
      .describe('The bucket; each database has a folder of its own in it, by environment.'),
    roleArn: z
      .string()
      .max(200)
      .optional()
      .describe(
        'The role of AWS that may write there, which the databases’ account bears; `{environment}` in it is replaced.',
      ),
    schedule: z
      .string()
      .max(60)
      .default('0 0 3 * * *')
      .describe('When a whole copy is made, as cron with seconds first; changes are copied all the time.'),
    retentionDays: z.int().min(1).max(3650).default(30),
  })
  .describe('Where PostgreSQL inside the cluster is copied to. If absent, nowhere.');

export type BackupFacts = z.output<typeof backupsSchema>;
