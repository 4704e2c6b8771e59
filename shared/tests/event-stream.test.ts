import type { Server } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { until } from '../../tests/support/until.js';
import { sendEvents } from '../src/graph/event-stream.js';

/** Events in the hands of a test. */
class Events implements AsyncIterator<string> {
  hasEnded = false;
  #settle: { resolve: (step: IteratorResult<string>) => void; reject: (error: Error) => void } | null = null;

  next(): Promise<IteratorResult<string>> {
    return new Promise((resolve, reject) => (this.#settle = { resolve, reject }));
  }

  return(): Promise<IteratorResult<string>> {
    this.hasEnded = true;
    return Promise.resolve({ value: undefined, done: true });
  }

  tell(value: string): void {
    this.#settle?.resolve({ value, done: false });
  }

  finish(): void {
    this.#settle?.resolve({ value: undefined, done: true });
  }

  fail(): void {
    this.#settle?.reject(new Error('gone'));
  }
}

let server: Server;
let events: Events;
let ends: number;
let faults: unknown[];

beforeEach(async () => {
  events = new Events();
  ends = 0;
  faults = [];
  server = createServer((_request, response) =>
    sendEvents(
      response,
      events,
      (text) => (text === 'bad' ? fail() : text),
      { pingMs: 200, slowMs: 10_000, onFault: (error) => faults.push(error) },
      () => {
        ends += 1;
      },
    ),
  );
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});

afterEach(async () => {
  const closed = new Promise((resolve) => server.close(resolve));
  server.closeAllConnections();
  await closed;
});

function fail(): never {
  throw new Error('It cannot be written.');
}

/** What a client has read, and how its answer ended. */
interface Reading {
  text: string;
  end: 'whole' | 'cut' | null;
  abort: () => void;
}

async function read(): Promise<Reading> {
  const aborting = new AbortController();
  const { port } = server.address() as AddressInfo;
  const response = await fetch(`http://127.0.0.1:${port}`, { signal: aborting.signal });
  const reading: Reading = { text: '', end: null, abort: () => aborting.abort() };
  const decoder = new TextDecoder();
  const readAll = async (): Promise<void> => {
    for await (const chunk of response.body ?? []) reading.text += decoder.decode(chunk);
  };
  readAll().then(
    () => (reading.end = 'whole'),
    () => (reading.end = 'cut'),
  );
  return reading;
}

test('events are sent one after the other, and complete after the last', async () => {
  const reading = await read();
  events.tell('1');
  await until('the first event', () => reading.text.includes('data: 1'));
  events.tell('2');
  await until('the second event', () => reading.text.includes('data: 2'));
  events.finish();
  await until('the end', () => reading.end);
  expect(reading.text.replaceAll(/^:\n\n/gm, '')).toBe(
    'event: next\ndata: 1\n\nevent: next\ndata: 2\n\nevent: complete\ndata:\n\n',
  );
  await until('the end to be told', () => ends === 1);
});

test('silence is broken by comments, again and again', async () => {
  const reading = await read();
  await until('two comments', () => reading.text.startsWith(':\n\n:\n\n'));
  reading.abort();
  await until('the events to be ended', () => events.hasEnded);
  await until('the end to be told', () => ends === 1);
});

test.each([
  ['events fail', () => events.fail(), 'gone'],
  ['an event cannot be written', () => events.tell('bad'), 'It cannot be written.'],
])('where %s the answer is cut off, and the fault is told', async (_label, spoil, why) => {
  const reading = await read();
  spoil();
  await until('the end', () => reading.end);
  expect(reading.end).toBe('cut');
  expect(reading.text).not.toContain('complete');
  await until('the end to be told', () => ends === 1);
  expect(faults).toEqual([new Error(why)]);
});

test('events that fail when their reader has gone are no fault', async () => {
  const reading = await read();
  reading.abort();
  await until('the end to be told', () => ends === 1);
  events.fail();
  await new Promise((resolve) => setImmediate(resolve));
  expect(faults).toEqual([]);
});
