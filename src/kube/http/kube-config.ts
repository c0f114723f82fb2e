import { homedir } from 'node:os';
import path from 'node:path';
import { type CachedCredentialsOptions, type Credentials, cachedCredentials } from './credentials.ts';
import { chooseContext } from './kubeconfig/chosen-context.ts';
import { readKubeconfigs } from './kubeconfig/read-kubeconfigs.ts';
import { refuseKubeconfig } from './kubeconfig/refuse-kubeconfig.ts';
import { type ExecCredential, runExecPlugin } from './kubeconfig/run-exec-plugin.ts';
import { type AskPlugin, userIdentity } from './kubeconfig/user-identity.ts';

export interface KubeConfigOptions {
  /** One path, or several as in KUBECONFIG. @default KUBECONFIG, else ~/.kube/config */
  readonly files?: string | undefined;
  /** @default its current-context */
  readonly context?: string | undefined;
  readonly env?: Readonly<Record<string, string | undefined>> | undefined;
  /** See cachedCredentials; the default time for one reading is 20 s here, because of exec plug-ins. */
  readonly cache?: Pick<CachedCredentialsOptions, 'maxAgeMs' | 'loadMs' | 'timing'>;
}

/**
 * Reads the credentials that kubectl would use. Every part of a user is used or refused by name, so that no request is
 * sent as nobody, or as somebody else, because something was not understood. The files are read again at each reading:
 * tokens and certificates rotate.
 *
 * @throws TransportError CREDENTIALS when there is no file, context, cluster or user, or one of them cannot be used
 */
export async function fromKubeConfig(options: KubeConfigOptions = {}): Promise<Credentials> {
  const files = listFiles(options.files ?? (options.env ?? process.env).KUBECONFIG);
  const first = chooseContext(readKubeconfigs(files), options.context);
  const { server } = first.cluster;
  const loadMs = options.cache?.loadMs ?? 20_000;
  const plugin = rememberingPlugin();
  return cachedCredentials({
    server,
    namespace: first.namespace,
    load: async fresh => {
      const chosen = chooseContext(readKubeconfigs(files), first.name);
      if (chosen.cluster.server !== server)
        throw refuseKubeconfig(
          `context "${first.name}" names another server now: ${chosen.cluster.server}; start again`,
        );
      if (fresh) plugin.forget();
      return userIdentity(chosen, { askPlugin: plugin.ask, timeoutMs: loadMs, wallMs: Date.now() });
    },
    ...options.cache,
    loadMs,
  });
}

function listFiles(stated: string | undefined): readonly string[] {
  const files = (stated ?? '').split(path.delimiter).filter(file => file !== '');
  return files.length === 0 ? [path.join(homedir(), '.kube', 'config')] : files;
}

/** Asks a plug-in again only when it is another one, what it gave has expired, or after `forget`. */
function rememberingPlugin(): { readonly ask: AskPlugin; readonly forget: () => void } {
  let last: { readonly asked: string; readonly given: ExecCredential } | undefined;
  return {
    ask: async run => {
      const asked = JSON.stringify([run.plugin, run.cluster, run.ca]);
      const holds = last?.asked === asked && (last.given.expiresMs ?? Number.POSITIVE_INFINITY) > Date.now();
      if (last !== undefined && holds) return last.given;
      const given = await runExecPlugin(run);
      last = { asked, given };
      return given;
    },
    forget: () => {
      last = undefined;
    },
  };
}
