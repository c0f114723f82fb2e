import { ownFact } from '../../own-fact.ts';
import type { Facts } from '../facts-schema.ts';
import { didYouMean } from './closest-word.ts';
import type { Problem } from './problem.ts';

/** Finds images that are missing, belong to no service, or do not name one image. */
export function imageProblems({ services, environments, images }: Facts): readonly Problem[] {
  const names = services.map(service => service.name);
  return [
    ...environments.flatMap(({ name }) =>
      names
        .filter(service => ownFact(ownFact(images, name), service) === undefined)
        .map(service => ({ path: ['images', name], message: `images ${name}: no image for ${service}` })),
    ),
    ...Object.entries(images).flatMap(([environment, byService]) => {
      if (!environments.some(each => each.name === environment)) {
        const hint = didYouMean(
          environment,
          environments.map(each => each.name),
        );
        return [{ path: ['images', environment], message: `images ${environment}: is not an environment${hint}` }];
      }
      return Object.entries(byService).flatMap(([service, image]) => {
        const message = names.includes(service) ? imageProblem(image) : `is not a service${didYouMean(service, names)}`;
        return message === undefined
          ? []
          : [{ path: ['images', environment, service], message: `images ${environment} ${service}: ${message}` }];
      });
    }),
  ];
}

/** Why a text does not name one fixed image; undefined when it does. */
export function imageProblem(image: string): string | undefined {
  if (/\s/.test(image)) return `"${image}" is not an image`;
  if (/@sha256:[0-9a-f]{64}$/.test(image)) return undefined;
  const tag = /:([^/:]+)$/.exec(image)?.[1];
  if (tag === undefined) return `"${image}" has no tag: what runs would change over time; add one`;
  return tag === 'latest'
    ? `"${image}" does not name one image: what runs would change over time; name a version`
    : undefined;
}
