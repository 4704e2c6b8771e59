import { gatewaySecretHeader } from '@souk/shared/auth/gateway-secret';
import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { scriptOf } from '../../bench/src/souk-process.js';
import { freePort } from '../../tests/support/ports.js';
import { until } from '../../tests/support/until.js';
import { LiveSubgraph } from './live-subgraph.js';
import type { HttpAnswer, SmallSubgraph } from './small-graph.js';
import { answerOf, composed, short } from './small-graph.js';

const root = path.join(__dirname, '../..');
const startPatienceMs = 60_000;

/** Subgraphs that have nothing of Souk's. `held` is answered when the test says so. */
const books = (held: () => Promise<string>): SmallSubgraph => ({
  sdl: `type Query { book: Book held: Book secret: String @authenticated }
    type Book @key(fields: "id") { id: ID! title: String }`,
  resolvers: {
    Query: {
      book: () => ({ id: '1', title: 'Emma' }),
      held: async () => ({ id: await held(), title: 'Held' }),
      secret: () => 'secret',
    },
  },
});
const reviewsSdl = 'type Book @key(fields: "id") { id: ID! stars: Int from: String! }';
const widerSdl = reviewsSdl.replace('stars: Int', 'stars: Int words: [String!]');
const reviews = (place: string): SmallSubgraph => ({
  sdl: widerSdl,
  resolvers: {
    Book: {
      __resolveReference: ({ id }: { id: string }) => ({ id, stars: 5, from: place, words: ['good'] }),
    },
  },
});

const query = '{ book { title stars } }';
const answer = { book: { title: 'Emma', stars: 5 } };

/** The gateway as `npm run gateway` starts it, with a supergraph file, a port, and no settings of Souk. */
class AloneGateway {
  readonly url: string;
  readonly exit: Promise<number | null>;
  readonly #child: ChildProcess;
  readonly #written: string[] = [];

  private constructor(file: string, port: number, environment: Readonly<Record<string, string>>) {
    this.url = `http://127.0.0.1:${port}`;
    const child = spawn(process.execPath, scriptOf('gateway'), {
      cwd: root,
      env: {
        PATH: process.env['PATH'],
        TMPDIR: process.env['TMPDIR'],
        SUPERGRAPH_FILE: file,
        PORT: String(port),
        ...environment,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk: Buffer) => this.#written.push(String(chunk)));
    this.exit = once(child, 'exit').then(([code]) => code as number | null);
    this.#child = child;
  }

  static async start(
    file: string,
    environment: Readonly<Record<string, string>> = {},
  ): Promise<AloneGateway> {
    const gateway = new AloneGateway(file, await freePort(), environment);
    try {
      await gateway.logged('the gateway is up', 1, startPatienceMs);
    } catch (error) {
      await gateway.kill();
      throw error;
    }
    return gateway;
  }

  get output(): string {
    return this.#written.join('');
  }

  /** Waits until it has logged a message so many times. */
  async logged(message: string, times: number, deadlineMs?: number): Promise<void> {
    await until(
      `"${message}" in the log`,
      () => {
        if (this.#isOver) throw new Error(`It ended:\n${this.output}`);
        return this.output.split(`"${message}"`).length > times;
      },
      deadlineMs,
    );
  }

  async execute(text: string, headers: Record<string, string> = {}): Promise<HttpAnswer> {
    const response = await fetch(`${this.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify({ query: text }),
    });
    return answerOf(response);
  }

  /** Whether it takes new connections. */
  async takes(): Promise<boolean> {
    return fetch(`${this.url}/health/live`, { headers: { connection: 'close' } }).then(
      ({ ok }) => ok,
      () => false,
    );
  }

  terminate(): void {
    this.#child.kill('SIGTERM');
  }

  async kill(): Promise<void> {
    if (!this.#isOver) this.#child.kill('SIGKILL');
    await this.exit;
  }

  get #isOver(): boolean {
    return this.#child.exitCode !== null || this.#child.signalCode !== null;
  }
}

describe('the gateway alone, on a supergraph that is not ours', () => {
  let directory: string;
  let file: string;
  let gateway: AloneGateway | null = null;
  let letGo: () => void;
  let first: LiveSubgraph;
  let second: LiveSubgraph;
  let moved: LiveSubgraph;
  let urls: Record<'books' | 'reviews' | 'moved', string>;
  let narrow: string;

  const running = (): AloneGateway => {
    if (!gateway) throw new Error('There is no gateway.');
    return gateway;
  };
  const supergraph = (sdl: string, reviewsUrl: string): string =>
    composed(
      { books: books(() => Promise.resolve('')), reviews: { sdl } },
      { books: urls.books, reviews: reviewsUrl },
    );
  /** As tools replace a file: it is never seen half-written. */
  const replace = async (sdl: string): Promise<void> => {
    await writeFile(`${file}.next`, sdl);
    await rename(`${file}.next`, file);
  };
  /** Sends the held query, and waits until it is at the subgraph. */
  const executeHeld = async (): Promise<{ answered: Promise<HttpAnswer> }> => {
    const answered = running().execute('{ held { title stars } }');
    await until('the held query at the subgraph', () =>
      first.requests.some(({ query: text }) => text.includes('held')),
    );
    return { answered };
  };

  beforeEach(async () => {
    directory = await mkdtemp(path.join(tmpdir(), 'souk-alone-'));
    file = path.join(directory, 'any.graphql');
    const gate = new Promise<string>((resolve) => (letGo = () => resolve('2')));
    first = new LiveSubgraph(books(() => gate));
    second = new LiveSubgraph(reviews('the first address'));
    moved = new LiveSubgraph(reviews('another address'));
    urls = { books: await first.listen(), reviews: await second.listen(), moved: await moved.listen() };
    narrow = supergraph(reviewsSdl, urls.reviews);
    await writeFile(file, narrow);
  });
  afterEach(async () => {
    await gateway?.kill();
    gateway = null;
    await Promise.all([first, second, moved].map((subgraph) => subgraph.close()));
    await rm(directory, { recursive: true, force: true });
  });

  test('calls the subgraphs at the addresses of the file, without a secret', async () => {
    gateway = await AloneGateway.start(file);
    const { status, data, errors } = await running().execute('{ book { title stars from } }');
    expect({ status, data, errors }).toEqual({
      status: 200,
      data: { book: { title: 'Emma', stars: 5, from: 'the first address' } },
      errors: [],
    });
    for (const { requests } of [first, second]) {
      expect(requests).toHaveLength(1);
      expect(requests[0]?.headers).not.toHaveProperty(gatewaySecretHeader);
    }
    expect(moved.requests).toEqual([]);
    // A probe waits for a second: a subgraph on a busy machine may miss one.
    await until('every subgraph to answer its probe', async () => {
      const { ok } = await fetch(`${running().url}/health/ready`);
      return ok;
    });
  });

  test('does not read tokens: callers with one are anonymous', async () => {
    gateway = await AloneGateway.start(file);
    const token = { authorization: 'Bearer anything' };
    const open = await running().execute(query, token);
    expect([open.status, open.data, open.errors]).toEqual([200, answer, []]);
    // Its subgraphs may know what to make of it.
    expect(first.requests[0]?.headers).toMatchObject(token);
    const closed = await running().execute('{ book { title } secret }', token);
    expect(closed.data).toEqual({ book: { title: 'Emma' }, secret: null });
    expect(short(closed.errors)).toEqual(['UNAUTHENTICATED secret']);
    expect(first.requests.some(({ query: text }) => text.includes('secret'))).toBe(false);
  });

  test('serves a changed file without a request lost, and keeps the last good one', async () => {
    // The query under way is to outlive the change however busy the machine is.
    gateway = await AloneGateway.start(file, { SUBGRAPH_TIMEOUT_MS: '60000', REQUEST_TIMEOUT_MS: '90000' });
    const wider = '{ book { words from } }';
    expect(short((await running().execute(wider)).errors)).toEqual(['GRAPHQL_VALIDATION_FAILED -']);
    const { answered: held } = await executeHeld();
    let isOver = false;
    const answers: HttpAnswer[] = [];
    const client = async (): Promise<void> => {
      while (!isOver) answers.push(await running().execute(query));
    };
    const clients = [client(), client(), client()];
    try {
      await replace(supergraph(widerSdl, urls.moved));
      const { data } = await until('the new field', async () => {
        const found = await running().execute(wider);
        return found.errors.length === 0 ? found : null;
      });
      expect(data).toEqual({ book: { words: ['good'], from: 'another address' } });
      await running().logged('supergraph reloaded', 1);

      await writeFile(file, 'type Query {');
      await running().logged('supergraph reload failed; the gateway keeps the last one', 1);
      expect((await running().execute(wider)).errors).toEqual([]);
      const behind = answers.length;
      await until('every client to be answered since', () => answers.length >= behind + 2 * clients.length);

      await replace(narrow);
      await running().logged('supergraph reloaded', 2);
      expect(short((await running().execute(wider)).errors)).toEqual(['GRAPHQL_VALIDATION_FAILED -']);
    } finally {
      isOver = true;
      letGo();
      await Promise.allSettled([...clients, held]);
    }
    await Promise.all(clients);
    const failed = answers.filter(({ status, text }) => status !== 200 || text !== answers[0]?.text);
    expect(failed).toEqual([]);
    expect(answers[0]?.data).toEqual(answer);
    const late = await held;
    expect([late.data, late.errors]).toEqual([{ held: { title: 'Held', stars: 5 } }, []]);
  });

  test('exits with code 0 at SIGTERM, after running requests', async () => {
    gateway = await AloneGateway.start(file);
    const { answered: held } = await executeHeld();
    running().terminate();
    await until('the door to be closed', async () => !(await running().takes()));
    letGo();
    const { status, data, errors } = await held;
    expect([status, data, errors]).toEqual([200, { held: { title: 'Held', stars: 5 } }, []]);
    // A process that hangs is ended with code 1 after its grace.
    expect(await running().exit).toBe(0);
  });
});
