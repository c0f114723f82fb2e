import { describe, expect, test } from 'vitest';
import { isApiError } from '../../../src/kube/api-error.ts';
import { type Credentials, type Identity, openServer } from '../../../src/kube/http/credentials.ts';
import { openTransport, type TransportOptions } from '../../../src/kube/http/http-transport.ts';
import { fenceWrites, type Transport } from '../../../src/kube/http/transport.ts';
import { hangUp, json, type Script, scriptedServer, silence, status } from '../scripted-server.ts';

const path = '/api/v1/pods';
const ok = json(200, { ok: true });

/** Runs `use` with a transport on a server that follows the scripts. */
async function withServer<T>(
  scripts: readonly Script[],
  use: (transport: Transport, server: Awaited<ReturnType<typeof scriptedServer>>) => Promise<T>,
  options: TransportOptions = {},
): Promise<T> {
  await using server = await scriptedServer(...scripts);
  const transport = openTransport(openServer(server.url), options);
  try {
    return await use(transport, server);
  } finally {
    transport.close();
  }
}

describe('a call', () => {
  test('sends JSON and answers with the whole body over one kept connection', async () => {
    await withServer([ok], async (transport, server) => {
      for (let i = 0; i < 5; i += 1) {
        const query = { dryRun: 'All', continue: undefined };
        const answer = await transport.send({ method: 'POST', path, query, body: { a: 'ü' } });
        expect(JSON.parse(answer.body.toString())).toEqual({ ok: true });
      }
      expect(server.connections()).toBe(1);
      expect(server.asked[0]).toMatchObject({ method: 'POST', path, body: '{"a":"ü"}' });
      expect(server.asked[0]?.query.toString()).toBe('dryRun=All');
      expect(server.asked[0]?.headers).toMatchObject({ 'content-type': 'application/json', 'content-length': '10' });
      expect(server.asked[0]?.headers).not.toHaveProperty('accept-encoding');
    });
  });

  test('puts the path of the server before its own', async () => {
    await using server = await scriptedServer(ok);
    const transport = openTransport(openServer(`${server.url}/clusters/a/`));
    await transport.send({ method: 'GET', path });
    transport.close();
    expect(server.asked[0]?.path).toBe(`/clusters/a${path}`);
  });
});

describe('what is tried again', () => {
  const busy = (code: number) => status(code, 'Busy');
  test.each<[string, Script, 'GET' | 'POST' | 'APPLY', number]>([
    ['429 on a read', busy(429), 'GET', 2],
    ['429 on a create', busy(429), 'POST', 2],
    ['503 on a read', busy(503), 'GET', 2],
    ['503 on an apply', busy(503), 'APPLY', 2],
    ['503 on a create stands: it may have been executed', busy(503), 'POST', 1],
    ['a lost connection on a read', hangUp, 'GET', 2],
    ['a lost connection on a create stands', hangUp, 'POST', 1],
    ['404 stands', status(404, 'NotFound'), 'GET', 1],
    ['409 stands', status(409, 'Conflict'), 'APPLY', 1],
  ])('%s', async (_, script, verb, attempts) => {
    await withServer([script, ok], async (transport, server) => {
      const method = verb === 'APPLY' ? 'PATCH' : verb;
      const sent = transport.send({ method, path, ...(verb === 'APPLY' ? { idempotent: true } : {}) });
      if (attempts === 1) await expect(sent).rejects.toThrow();
      else await expect(sent).resolves.toMatchObject({ status: 200 });
      expect(server.asked).toHaveLength(attempts);
    });
  });

  test('waits as long as Retry-After asks', async () => {
    await withServer([status(429, 'TooManyRequests', { 'Retry-After': '0.4' }), ok], async transport => {
      const started = performance.now();
      await transport.send({ method: 'GET', path });
      expect(performance.now() - started).toBeGreaterThan(390);
    });
  });

  test('fails at once when Retry-After is past the deadline', async () => {
    await withServer([status(429, 'TooManyRequests', { 'Retry-After': '60' })], async (transport, server) => {
      const error = await transport.send({ method: 'GET', path }).catch((caught: unknown) => caught);
      expect(isApiError(error, 429) && error.retryAfterMs).toBe(60_000);
      expect(server.asked).toHaveLength(1);
    });
  });

  test('a refused connection never left, so any verb is tried until the attempts are used up', async () => {
    const outcomes: string[] = [];
    const options = { maxAttempts: 3, onAttempt: (attempt: { outcome: string }) => outcomes.push(attempt.outcome) };
    const transport = openTransport(openServer('http://127.0.0.1:1'), options);
    await expect(transport.send({ method: 'POST', path })).rejects.toMatchObject({ code: 'ECONNREFUSED', sent: false });
    expect(outcomes).toEqual(['ECONNREFUSED', 'ECONNREFUSED', 'ECONNREFUSED']);
    transport.close();
  });
});

describe('limits', () => {
  test.each<[string, Script]>([
    ['no head', silence],
    ['half a body', (_, response) => response.writeHead(200, { 'Content-Length': '100' }).write('{')],
  ])('a deadline ends a call that gets %s', async (_, script) => {
    await withServer([script], async transport => {
      const sent = transport.send({ method: 'GET', path, deadlineMs: 100 });
      await expect(sent).rejects.toMatchObject({ code: 'DEADLINE' });
    });
  });

  test('after a deadline the idle connections are closed', async () => {
    await withServer([ok, silence, ok], async (transport, server) => {
      await transport.send({ method: 'GET', path });
      await expect(transport.send({ method: 'GET', path, deadlineMs: 50 })).rejects.toThrow('50 ms');
      await transport.send({ method: 'GET', path });
      expect(server.connections()).toBe(2);
    });
  });

  test('an answer larger than maxBytes is refused', async () => {
    const large: Script = (_, response) => response.writeHead(200).end('x'.repeat(5000));
    await withServer(
      [large],
      transport => expect(transport.send({ method: 'GET', path })).rejects.toMatchObject({ code: 'TOO_LARGE' }),
      { maxBytes: 4000 },
    );
  });

  test('a body that ends early is an error, never half an answer', async () => {
    const half: Script = (_, response) => {
      response.writeHead(200, { 'Content-Length': '100' }).write('{"items":[');
      setTimeout(() => response.destroy(), 5);
    };
    await withServer([half], transport =>
      expect(transport.send({ method: 'POST', path })).rejects.toMatchObject({ code: 'ECONNRESET', sent: true }),
    );
  });

  test('the caller can end a call, with its own reason', async () => {
    await withServer([silence], async transport => {
      const controller = new AbortController();
      const sent = transport.send({ method: 'GET', path, signal: controller.signal });
      controller.abort(new Error('shutting down'));
      await expect(sent).rejects.toThrow('shutting down');
    });
  });
});

describe('answers that are no Kubernetes', () => {
  test('HTML becomes a short sentence', async () => {
    const html: Script = (_, response) => response.writeHead(502).end('<html>\n<h1>Bad gateway</h1>');
    await withServer([html], transport =>
      expect(transport.send({ method: 'POST', path })).rejects.toThrow(
        'POST /api/v1/pods: 502 HTTP 502: <html> <h1>Bad gateway</h1>',
      ),
    );
  });

  test('a redirect is not followed', async () => {
    const redirect: Script = (_, response) => response.writeHead(302, { Location: 'http://elsewhere/' }).end();
    await withServer([redirect], async (transport, server) => {
      await expect(transport.send({ method: 'GET', path })).rejects.toThrow('redirects to http://elsewhere/');
      expect(server.asked).toHaveLength(1);
    });
  });
});

describe('identity', () => {
  /** Credentials whose token is one higher after each refresh. */
  function rotating(server: string): Credentials {
    let token = 1;
    const identity = (): Identity => ({ headers: { Authorization: `Bearer ${token}` }, tls: {} });
    const refresh = async () => {
      token += 1;
      return identity();
    };
    return { server, namespace: 'default', current: async () => identity(), refresh };
  }

  test.each<[string, readonly Script[], number]>([
    ['a 401 is answered by one refresh, whatever the verb', [status(401, 'Unauthorized'), ok], 200],
    ['a second 401 stands', [status(401, 'Unauthorized')], 401],
  ])('%s', async (_, scripts, outcome) => {
    await using server = await scriptedServer(...scripts);
    const transport = openTransport(rotating(server.url));
    const status = await transport.send({ method: 'POST', path }).then(
      answer => answer.status,
      (error: unknown) => (isApiError(error) ? error.status : error),
    );
    transport.close();
    expect(status).toBe(outcome);
    expect(server.asked.map(asked => asked.headers.authorization)).toEqual(['Bearer 1', 'Bearer 2']);
  });
});

describe('a fence', () => {
  test('is asked before each attempt of a write, and never for a read', async () => {
    await withServer([ok, status(429, 'TooManyRequests')], async (transport, server) => {
      let allowed = 1;
      const check = () => {
        if (allowed === 0) throw new Error('not leading');
        allowed -= 1;
      };
      const fenced = fenceWrites(transport, { check, deadlineMs: 4000 });
      await fenced.send({ method: 'GET', path });
      await expect(fenced.send({ method: 'PATCH', path, idempotent: true })).rejects.toThrow('not leading');
      expect(server.asked.map(asked => asked.method)).toEqual(['GET', 'PATCH']);
    });
  });

  test('shortens the deadline of a write', async () => {
    await withServer([silence], transport => {
      const fenced = fenceWrites(transport, { check: () => {}, deadlineMs: 50 });
      return expect(fenced.send({ method: 'PATCH', path, deadlineMs: 9000 })).rejects.toThrow('within 50 ms');
    });
  });
});

describe('a stream', () => {
  const lines: Script = (_, response) => response.writeHead(200).write('{"type":"BOOKMARK"}\n');

  test('hands on what arrives, and ends with its life', async () => {
    await withServer([lines], async transport => {
      const { stream } = await transport.stream({ method: 'GET', path, deadlineMs: 150 });
      const seen: string[] = [];
      const read = async () => {
        for await (const chunk of stream) seen.push(String(chunk));
      };
      await expect(read()).rejects.toMatchObject({ code: 'DEADLINE' });
      expect(seen).toEqual(['{"type":"BOOKMARK"}\n']);
    });
  });

  test('must begin within headMs', async () => {
    await withServer(
      [silence],
      transport =>
        expect(transport.stream({ method: 'GET', path, deadlineMs: 5000 })).rejects.toMatchObject({ code: 'DEADLINE' }),
      { headMs: 50 },
    );
  });

  test('that is refused throws as a call does', async () => {
    await withServer([status(410, 'Expired')], transport =>
      expect(transport.stream({ method: 'GET', path })).rejects.toMatchObject({ status: 410, reason: 'Expired' }),
    );
  });

  test('does not hold a connection that calls need', async () => {
    await withServer(
      [lines, lines, ok],
      async transport => {
        await transport.stream({ method: 'GET', path });
        await transport.stream({ method: 'GET', path });
        await expect(transport.send({ method: 'GET', path })).resolves.toMatchObject({ status: 200 });
      },
      { connections: 1 },
    );
  });
});
