import { readOwnFacts } from '../facts/read-facts.ts';
import { ShopApp } from '../shop-app.ts';

new ShopApp({ facts: readOwnFacts() }).synth();
