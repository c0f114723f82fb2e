import { Duration } from 'cdk8s';
import { k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';

/** Where a storefront without a Redis keeps its pages, and how many MiB of its node's disk they may take. */
export const pageFiles = { name: 'pages', mountPath: '/var/cache/pages', mebibytes: 2048 } as const;

export interface StorefrontCacheProps {
  /**
   * The Redis that keeps the pages for all replicas.
   *
   * @default none: each replica keeps its own in a temporary volume
   */
  readonly store?: string | undefined;
  /** The age at which a page is renewed. @default 60 s */
  readonly revalidate?: Duration;
  /** How long the edge may serve an old page while one request renews it. @default 10 minutes */
  readonly staleWhileRevalidate?: Duration;
  /** How long the edge may serve an old page while the origin fails. @default 1 hour */
  readonly staleIfError?: Duration;
}

/**
 * Incremental static regeneration without a stampede at the start of a sale: the pages are in a Redis that all replicas
 * share, one replica renews a page, and the edge serves the old one meanwhile. The origin's demand is only what passes
 * the edge.
 */
export class StorefrontCache extends Construct {
  /** The Cache-Control header that routes set on cached paths; everywhere else the application's own stands. */
  readonly cacheControl: string;

  constructor(scope: Construct, id: string, props: StorefrontCacheProps = {}) {
    super(scope, id);
    const {
      store,
      revalidate = Duration.seconds(60),
      staleWhileRevalidate = Duration.minutes(10),
      staleIfError = Duration.hours(1),
    } = props;
    this.cacheControl = [
      'public',
      `s-maxage=${revalidate.toSeconds()}`,
      `stale-while-revalidate=${staleWhileRevalidate.toSeconds()}`,
      `stale-if-error=${staleIfError.toSeconds()}`,
    ].join(', ');
    new k8s.KubeConfigMap(this, 'settings', {
      metadata: { name: 'storefront-cache' },
      data: {
        ISR_REVALIDATE_SECONDS: String(revalidate.toSeconds()),
        ...(store === undefined
          ? { ISR_CACHE_HANDLER: 'file-system', ISR_CACHE_PATH: pageFiles.mountPath }
          : { ISR_CACHE_HANDLER: 'redis', ISR_CACHE_URL: `redis://${store}:6379` }),
        ISR_REGENERATION_LOCK_SECONDS: '10',
        EDGE_CACHE_CONTROL: this.cacheControl,
      },
    });
  }
}
