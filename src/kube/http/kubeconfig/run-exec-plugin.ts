import { spawn } from 'node:child_process';
import { z } from 'zod';
import { parseWith } from '../../../api/faults/parse-error.ts';
import type { Cluster, ExecPlugin } from './kubeconfig-schema.ts';
import { refuseKubeconfig } from './refuse-kubeconfig.ts';

/** The credential that a plug-in returned: a token, a certificate with its key, or all three. */
export interface ExecCredential {
  readonly token: string | undefined;
  readonly certificate: string | undefined;
  readonly key: string | undefined;
  /** Epoch ms; undefined when it is valid until the server refuses it. */
  readonly expiresMs: number | undefined;
}

export interface ExecRun {
  readonly plugin: ExecPlugin;
  readonly cluster: Cluster;
  /** The certificate authority, passed to a plug-in that asks for the cluster. */
  readonly ca: Buffer | undefined;
  /** Name of the user for messages. */
  readonly who: string;
  /** Milliseconds after which the plug-in is stopped. */
  readonly timeoutMs: number;
  /** Whether a person can answer on standard input. */
  readonly isTerminal: boolean;
}

/**
 * Runs the exec plug-in of a user, as kubectl does.
 *
 * @see https://kubernetes.io/docs/reference/access-authn-authz/authentication/#client-go-credential-plugins
 * @throws TransportError CREDENTIALS when it cannot run, fails, or gives no credential
 */
export async function runExecPlugin(run: ExecRun): Promise<ExecCredential> {
  const { plugin, who } = run;
  const { command, apiVersion } = plugin;
  if (command === undefined) throw refuseKubeconfig(`${who} has an exec plug-in without a command`);
  const what = `exec plug-in "${command}" of ${who}`;
  if (apiVersion === undefined || !apiVersions.includes(apiVersion))
    throw refuseKubeconfig(`${what} has apiVersion ${apiVersion ?? 'none'}; it must be ${apiVersions.join(' or ')}`);
  if (plugin.interactiveMode === 'Always' && !run.isTerminal)
    throw refuseKubeconfig(`${what} asks a person (interactiveMode: Always), and there is no terminal`);
  const output = await runCommand(run, command, what);
  return readCredential(output, apiVersion, what);
}

const apiVersions = ['client.authentication.k8s.io/v1', 'client.authentication.k8s.io/v1beta1'];

function runCommand(run: ExecRun, command: string, what: string): Promise<string> {
  const { plugin, timeoutMs } = run;
  const interactive = run.isTerminal && plugin.interactiveMode !== 'Never';
  const env: NodeJS.ProcessEnv = {
    ...process.env,
    ...Object.fromEntries(plugin.env.map(({ name, value }) => [name, value ?? ''])),
    KUBERNETES_EXEC_INFO: JSON.stringify(toExecInfo(run, interactive)),
  };
  return new Promise((resolve, reject) => {
    const child = spawn(command, [...plugin.args], {
      env,
      stdio: [interactive ? 'inherit' : 'ignore', 'pipe', 'pipe'],
      timeout: timeoutMs,
      killSignal: 'SIGKILL',
    });
    const said = { out: '', err: '' };
    child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      said.out += text;
    });
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      said.err = (said.err + text).slice(-longestComplaint);
      if (interactive) process.stderr.write(text);
    });
    const hint = plugin.installHint === undefined ? '' : `; ${plugin.installHint.trim()}`;
    child.once('error', error => reject(refuseKubeconfig(`${what} cannot run: ${error.message}${hint}`, error)));
    child.once('close', (code, signal) => {
      if (code === 0) return resolve(said.out);
      const end =
        code === null ? `was ended by ${signal} (it may take ${timeoutMs} ms)` : `failed with exit code ${code}`;
      reject(refuseKubeconfig(`${what} ${end}: ${said.err.trim() || 'it said nothing'}`));
    });
  });
}

/** Number of characters of the plug-in's last output that an error quotes. */
const longestComplaint = 1000;

function toExecInfo({ plugin, cluster, ca }: ExecRun, interactive: boolean): object {
  const config = cluster.extensions.find(({ name }) => name === 'client.authentication.k8s.io/exec')?.extension;
  const about = {
    server: cluster.server,
    'tls-server-name': cluster['tls-server-name'],
    'insecure-skip-tls-verify': cluster['insecure-skip-tls-verify'] || undefined,
    'certificate-authority-data': ca?.toString('base64'),
    'disable-compression': cluster['disable-compression'] || undefined,
    config,
  };
  const spec = { interactive, ...(plugin.provideClusterInfo ? { cluster: about } : {}) };
  return { kind: 'ExecCredential', apiVersion: plugin.apiVersion, spec };
}

const credentialSchema = z.looseObject({
  kind: z.literal('ExecCredential'),
  apiVersion: z.string(),
  status: z.looseObject({
    token: z.string().nullish(),
    clientCertificateData: z.string().nullish(),
    clientKeyData: z.string().nullish(),
    expirationTimestamp: z.string().nullish(),
  }),
});

function readCredential(output: string, apiVersion: string, what: string): ExecCredential {
  let document: z.output<typeof credentialSchema>;
  try {
    document = parseWith(credentialSchema, parseJson(output), 'its answer');
  } catch (error) {
    throw refuseKubeconfig(`${what} gave no ExecCredential: ${error instanceof Error ? error.message : error}`, error);
  }
  if (document.apiVersion !== apiVersion)
    throw refuseKubeconfig(`${what} answered in ${document.apiVersion} and was asked in ${apiVersion}`);
  const { status } = document;
  const [token, certificate, key] = [status.token, status.clientCertificateData, status.clientKeyData].map(
    value => value || undefined,
  );
  if ((certificate === undefined) !== (key === undefined))
    throw refuseKubeconfig(
      `${what} gave ${certificate === undefined ? 'a key without its certificate' : 'a certificate without its key'}`,
    );
  if (token === undefined && certificate === undefined)
    throw refuseKubeconfig(`${what} gave neither a token nor a certificate`);
  const expiresMs = status.expirationTimestamp ? Date.parse(status.expirationTimestamp) : undefined;
  if (Number.isNaN(expiresMs))
    throw refuseKubeconfig(`${what}: expirationTimestamp "${status.expirationTimestamp}" is no time`);
  return { token, certificate, key, expiresMs };
}

/** Parses the output; JSON's own error would quote it, and with it a secret. */
function parseJson(output: string): unknown {
  try {
    return JSON.parse(output);
  } catch {
    throw new Error('its answer is no JSON');
  }
}
