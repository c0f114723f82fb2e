import type { ApplyContext } from '../../../src/apply/apply-context.ts';
import { WriteMemory } from '../../../src/apply/write-memory.ts';
import { WritePace } from '../../../src/apply/write-pace.ts';
import type { Connection } from '../../../src/kube/connect.ts';
import type { ApiCall, Transport } from '../../../src/kube/http/transport.ts';
import { Resource } from '../../../src/kube/resources/resource.ts';

/** A context for actions whose transport answers each call with an object, or throws what `answer` throws. */
export function scriptedContext(answer: (call: ApiCall) => object, writesPerSecond = 1000): ApplyContext {
  const transport: Transport = {
    send: async call => ({ status: 200, headers: {}, body: Buffer.from(JSON.stringify(answer(call))) }),
    stream: async () => Promise.reject(new Error('nothing is watched here')),
    suspect: () => {},
    close: () => {},
  };
  const connection: Connection = {
    server: 'http://scripted',
    namespace: 'marketplace',
    transport,
    serverClock: { skewMs: 0, subscribe: () => {} },
    resource: kind => new Resource(transport, kind),
    fenced: () => connection,
    budgeted: () => connection,
    trying: () => connection,
    withToken: () => connection,
    close: () => {},
  };
  const pace = new WritePace(writesPerSecond, { monotonicMs: () => 0, sleep: async () => {} });
  return {
    connection,
    events: { recordEvent: () => {} },
    dryRun: false,
    pace: { bounds: pace, salePlans: pace, statuses: pace },
    memory: new WriteMemory(),
    clocks: { monotonicMs: () => 0, skewMs: () => 0 },
  };
}
