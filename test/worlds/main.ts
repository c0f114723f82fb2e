import { fork } from 'node:child_process';
import { once } from 'node:events';
import { parseArgs } from 'node:util';
import { describeLook } from './describe-look.ts';
import { describeResult, joinResults, lacksOf } from './describe-worlds.ts';
import { liveThrough } from './live-through.ts';
import { makeWorld } from './made-up-world.ts';
import { runWorlds, type WorldsResult } from './run-worlds.ts';

/**
 * Lives through made-up worlds in processes of their own, each in another zone: `node test/worlds/main.ts --worlds 1000
 * --seed 20261130 --lanes 2 --minutes 60`. `--world 17` lives through one of them. With `--at-least 5000`, so many suffice
 * where the minutes end before the worlds; the shares are judged only over all of them. `--most-open 0.002` lets that share of them not hold.
 */
const { values } = parseArgs({
  options: {
    worlds: { type: 'string', default: '2000' },
    seed: { type: 'string', default: '20261130' },
    lanes: { type: 'string', default: '2' },
    minutes: { type: 'string', default: '600' },
    'at-least': { type: 'string' },
    'most-open': { type: 'string', default: '0' },
    world: { type: 'string' },
    lane: { type: 'string' },
  },
});
const [seed, lanes] = [Number(values.seed), Number(values.lanes)];
/** Zones of the lanes' processes. */
const zones = ['Pacific/Apia', 'America/St_Johns', 'Europe/Berlin', 'UTC'];
/** Worlds after which a lane says how far it is. */
const chunk = 500;

if (values.lane !== undefined) await runLane(Number(values.lane));
else if (values.world !== undefined) showWorld(Number(values.world));
else process.exitCode = await runAll(Number(values.worlds));

/** Each look at one world, then what did not hold. */
function showWorld(index: number): void {
  const world = makeWorld(seed, index);
  const { faults } = liveThrough(world, look => say(describeLook(look)));
  say([`world ${index} (${world.oddities.join('; ')}): ${faults.length} faults`, ...faults].join('\n  '));
}

async function runAll(worlds: number): Promise<number> {
  const startedAt = Date.now();
  const until = startedAt + Number(values.minutes) * 60_000;
  const parts = await Promise.all(
    Array.from({ length: lanes }, (_, lane) => askLane(lane, { worlds: Math.ceil((worlds - lane) / lanes), until })),
  );
  const result = joinResults(parts);
  say(describeResult(result, seed));
  const minutes = ((Date.now() - startedAt) / 60_000).toFixed(1);
  const held = result.worlds - result.failed.length;
  say(
    `${result.worlds} of ${worlds} worlds in ${minutes} min, seed ${seed}: ${held} held, ${result.failed.length} did not, ${lacksOf(result).length} seen in less than 1 %`,
  );
  const isWhole = result.worlds === worlds && lacksOf(result).length === 0;
  const isEnough = result.worlds < worlds && result.worlds >= Number(values['at-least'] ?? worlds);
  const isHeld = result.failed.length <= Number(values['most-open']) * result.worlds;
  return isHeld && (isWhole || isEnough) ? 0 : 1;
}

interface LaneOrder {
  readonly worlds: number;
  /** Epoch ms. */
  readonly until: number;
}

async function askLane(lane: number, order: LaneOrder): Promise<WorldsResult> {
  const env = { ...process.env, TZ: zones[lane % zones.length] };
  const child = fork(import.meta.filename, ['--lane', String(lane), '--lanes', String(lanes), '--seed', String(seed)], {
    env,
  });
  child.send(order);
  const [result] = (await Promise.race([once(child, 'message'), once(child, 'exit').then(() => [undefined])])) as [
    WorldsResult | undefined,
  ];
  if (result === undefined) throw new Error(`lane ${lane} ended without a result`);
  return result;
}

async function runLane(lane: number): Promise<void> {
  const [{ worlds, until }] = (await once(process, 'message')) as [LaneOrder];
  let result = runWorlds({ seed, from: lane, step: lanes, count: 0 });
  while (result.worlds < worlds && Date.now() < until) {
    const count = Math.min(chunk, worlds - result.worlds);
    const part = runWorlds({ seed, from: lane + result.worlds * lanes, step: lanes, count, until });
    result = joinResults([result, part]);
    if (result.worlds % 10_000 < chunk)
      say(`lane ${lane}: ${result.worlds} worlds, ${result.failed.length} did not hold`);
  }
  process.send?.(result);
  process.disconnect?.();
}

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}
