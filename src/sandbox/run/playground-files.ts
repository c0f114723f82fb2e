import { stringify } from 'yaml';
import { apiVersion } from '../../api/group.ts';
import { formatInstant } from '../../api/instant.ts';
import { formatClock, formatDay } from '../../report/local-time.ts';
import { namespace } from './sandbox-run.ts';

const halfHourMs = 1_800_000;

/** Writes a kubeconfig for the sandbox's API, which asks nobody who they are. */
export function formatKubeconfig(url: string): string {
  const name = 'headstart-sandbox';
  return stringify({
    apiVersion: 'v1',
    kind: 'Config',
    'current-context': name,
    clusters: [{ name, cluster: { server: url } }],
    // kubectl and headstart send nothing without a user.
    users: [{ name, user: { token: 'anybody' } }],
    contexts: [{ name, context: { cluster: name, user: name, namespace } }],
  });
}

/** Writes a sale that begins half an hour after `now` (epoch ms), to be edited and applied. */
export function formatOwnSale(now: number): string {
  const start = Math.ceil((now + halfHourMs) / 300_000) * 300_000;
  return stringify({
    apiVersion,
    kind: 'FlashSale',
    metadata: { name: 'my-sale', namespace },
    spec: {
      startTime: formatInstant(start),
      endTime: formatInstant(start + 2 * halfHourMs),
      expectedPeakPercent: 500,
    },
  });
}

/** Tells how to use the sandbox while it stays up. */
export function formatWelcome(input: {
  readonly kubeconfig: string;
  /** Address of the page. */
  readonly page: string;
  readonly ownSale: string;
  readonly sale: string;
  /** The sandbox's time, epoch ms. */
  readonly now: number;
  readonly timeZone: string;
  readonly speed: number;
}): string {
  const { kubeconfig, page, ownSale, sale, now, timeZone, speed } = input;
  const pace = speed === 1 ? 'runs with yours (--speed makes it faster)' : `runs ${speed} times as fast as yours`;
  return [
    '',
    `The sandbox stays up until Ctrl-C. Its clock shows ${formatDay(now, timeZone)}, ${formatClock(now, timeZone)} ${timeZone}, and ${pace}. In another terminal:`,
    '',
    `  export KUBECONFIG=${kubeconfig}`,
    '  kubectl get fs,stgt,splan,hpa',
    `  npx headstart explain ${sale}`,
    `  npx headstart report ${sale}`,
    `  kubectl apply -f ${ownSale}    # begins in half an hour of the sandbox's time; its crowd does not come`,
    '  npx headstart explain my-sale',
    '',
    `The page, live: ${page}`,
    '',
    '',
  ].join('\n');
}
