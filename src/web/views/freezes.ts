import { parseInstant } from '../../api/instant.ts';
import { type NamespaceObjects, readable } from '../../observe/namespace-objects.ts';

/** A time in which the pod templates of a namespace are frozen for its sales. Times are epoch ms. */
export interface FrozenTime {
  readonly namespace: string;
  readonly start: number;
  readonly end: number;
  /** Names of the sales it stands around. */
  readonly sales: readonly string[];
  /** Whether `now` lies in it. */
  readonly isOpen: boolean;
}

/** Lists the freeze windows of a namespace that are not over at `now`, as its policy's status holds them, in order. */
export function freezesOf(
  namespace: string,
  { policies }: Pick<NamespaceObjects, 'policies'>,
  now: number,
): readonly FrozenTime[] {
  return readable(policies.map(({ read }) => read))
    .flatMap(({ status }) => status?.freeze?.windows ?? [])
    .map(({ sales, ...window }) => {
      const [start, end] = [parseInstant(window.start), parseInstant(window.end)];
      return { namespace, start, end, sales, isOpen: start <= now };
    })
    .filter(({ end }) => end > now)
    .sort((a, b) => a.start - b.start);
}
