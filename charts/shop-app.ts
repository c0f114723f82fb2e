import { App } from 'cdk8s';
import { readDefinitions } from './definitions.ts';
import type { Facts } from './facts/facts-schema.ts';
import type { FreezeWindow } from './facts/freeze-window.ts';
import { checkImage, ownImage } from './operator-image.ts';
import { type ManifestFiles, synthesize } from './synthesize.ts';
import { writeManifests } from './write-manifests.ts';

export interface ShopAppProps {
  readonly facts: Facts;
  /** The operator's image. @default operatorImage of the facts, else that of this version */
  readonly image?: string;
  /** Windows around the announced sales in which nothing is deployed. @default none */
  readonly freezes?: readonly FreezeWindow[];
  /** Where `synth` writes. @default CDK8S_OUTDIR, which the command of cdk8s sets, else dist */
  readonly outdir?: string;
}

/**
 * A cdk8s app that has all manifests of a shop, and beside them the charts that its team adds.
 *
 * @example
 * const app = new ShopApp({ facts: readFacts('shop.yaml') });
 * new LicenceServer(app, 'licences');
 * app.synth();
 */
export class ShopApp extends App {
  readonly #props: ShopAppProps;

  constructor(props: ShopAppProps) {
    super(props.outdir === undefined ? {} : { outdir: props.outdir });
    this.#props = props;
  }

  /** Returns the manifests of the shop, without those of added charts. @throws Error when a patch cannot be applied */
  manifests(): ManifestFiles {
    const { facts, image = facts.operatorImage ?? ownImage(), freezes = [] } = this.#props;
    const definitions = [...readDefinitions().values()];
    return synthesize(facts, { image: checkImage(image), definitions, freezes });
  }

  /** Writes the manifests of the shop, and one file for each added chart. */
  override synth(): void {
    super.synth();
    writeManifests(this.outdir, this.manifests());
  }
}
