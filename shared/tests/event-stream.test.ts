import type { IncomingMessage, Server } from 'node:http';
import { createServer, get } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { connect } from 'node:net';
import { until } from '../../tests/support/until.js';
import type { SentEvents } from '../src/graph/event-stream.js';
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

  send(value: string): void {
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
let sent: SentEvents[];

beforeEach(async () => {
  events = new Events();
  ends = 0;
  faults = [];
  sent = [];
  server = createServer((_request, response) =>
    sent.push(
      sendEvents(
        response,
        events,
        (text) => (text === 'bad' ? fail() : text),
        { pingMs: 200, slowMs: 10_000, onFault: (error) => faults.push(error) },
        () => {
          ends += 1;
        },
      ),
    ),
  );
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});

afterEach(async () => {
  const closed = new Promise((resolve) => server.close(resolve));
  server.closeAllConnections();
  for (const one of sent) one.cut();
  await closed;
});

function fail(): never {
  throw new Error('It cannot be written.');
}

/** The text that a client has read, and how its answer ended. */
interface Reading {
  text: string;
  end: 'whole' | 'cut' | null;
  abort: () => void;
}

async function read(): Promise<Reading> {
  const { port } = server.address() as AddressInfo;
  const request = get({ port, host: '127.0.0.1' });
  const response = await new Promise<IncomingMessage>((resolve) => request.once('response', resolve));
  const reading: Reading = { text: '', end: null, abort: () => request.destroy() };
  response.setEncoding('utf8');
  response.on('data', (chunk: string) => (reading.text += chunk));
  response.on('error', () => undefined);
  response.on('close', () => (reading.end = response.complete ? 'whole' : 'cut'));
  return reading;
}

test('events are sent one after the other, and complete after the last', async () => {
  const reading = await read();
  events.send('1');
  await until('the first event', () => reading.text.includes('data: 1'));
  events.send('2');
  await until('the second event', () => reading.text.includes('data: 2'));
  events.finish();
  await until('the end', () => reading.end);
  expect(reading.text.replaceAll(/^:\n\n/gm, '')).toBe(
    'event: next\ndata: 1\n\nevent: next\ndata: 2\n\nevent: complete\ndata:\n\n',
  );
  await until('the end to be reported', () => ends === 1);
});

test('comments are sent at intervals while there are no events', async () => {
  const reading = await read();
  await until('two comments', () => reading.text.startsWith(':\n\n:\n\n'));
  reading.abort();
  await until('the events to be ended', () => events.hasEnded);
  await until('the end to be reported', () => ends === 1);
});

test.each([
  ['events fail', () => events.fail(), 'gone'],
  ['an event cannot be written', () => events.send('bad'), 'It cannot be written.'],
])('where %s the answer is cut off, and the fault is reported', async (_label, spoil, why) => {
  const reading = await read();
  spoil();
  await until('the end', () => reading.end);
  expect(reading.end).toBe('cut');
  expect(reading.text).not.toContain('complete');
  await until('the end to be reported', () => ends === 1);
  expect(faults).toEqual([new Error(why)]);
});

test('events that fail after their reader disconnected are not reported', async () => {
  const reading = await read();
  reading.abort();
  await until('the end to be reported', () => ends === 1);
  events.fail();
  await new Promise((resolve) => setImmediate(resolve));
  expect(faults).toEqual([]);
});

test('a stream that is cut ends at once, and its events with it', async () => {
  const reading = await read();
  await until('the stream', () => sent.length === 1);
  sent[0]?.cut();
  await until('the end', () => reading.end);
  expect(reading.end).toBe('cut');
  await until('the end to be reported', () => ends === 1);
  expect(events.hasEnded).toBe(true);
});

test('the connection is no longer the server’s, which keeps nothing of the request', async () => {
  const reading = await read();
  await until('a comment', () => reading.text.startsWith(':\n\n'));
  server.closeAllConnections();
  events.send('1');
  await until('the event', () => reading.text.includes('data: 1'));
  events.finish();
  await until('the end', () => reading.end);
  expect(reading.end).toBe('whole');
});

/** The answers to requests written by hand. */
async function answersTo(requests: string): Promise<{ text: string; hasEnded: boolean; socket: Socket }> {
  const { port } = server.address() as AddressInfo;
  const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true });
  const client = { text: '', hasEnded: false, socket };
  socket.setEncoding('utf8');
  socket.on('data', (chunk: string) => (client.text += chunk));
  socket.on('close', () => (client.hasEnded = true));
  socket.on('end', () => socket.end());
  await new Promise<void>((resolve) => socket.once('connect', resolve));
  socket.write(requests);
  return client;
}

test('a client of HTTP/1.0 is sent no chunks', async () => {
  const client = await answersTo('GET / HTTP/1.0\r\n\r\n');
  await until('a comment', () => client.text.endsWith('\r\n\r\n:\n\n'));
  events.send('ä');
  await until('the event', () => client.text.endsWith('event: next\ndata: ä\n\n'));
  events.finish();
  await until('the end', () => client.hasEnded);
  expect(client.text).toMatch(/\n\nevent: complete\ndata:\n\n$/);
});

test('a stream that is requested behind another on one connection ends, the other goes on', async () => {
  const request = 'GET / HTTP/1.1\r\nhost: localhost\r\n\r\n';
  const client = await answersTo(`${request}${request}`);
  await until('the end of the second to be reported', () => ends === 1);
  events.send('1');
  await until('the event', () => client.text.includes('data: 1'));
  expect(client.text.match(/HTTP\/1\.1 200/g)).toHaveLength(1);
  client.socket.destroy();
  await until('the end of the first to be reported', () => ends === 2);
});

test('an unfinished request gets no stream', async () => {
  const client = await answersTo('GET / HTTP/1.1\r\nhost: localhost\r\ncontent-length: 9\r\n\r\nhalf');
  await until('the end', () => client.hasEnded);
  expect(ends).toBe(1);
  expect(events.hasEnded).toBe(true);
});

test('a client that ends its side of the connection ends the stream', async () => {
  const client = await answersTo('GET / HTTP/1.1\r\nhost: localhost\r\n\r\n');
  await until('a comment', () => client.text.includes(':\n\n'));
  client.socket.end();
  await until('the end to be reported', () => ends === 1);
  expect(events.hasEnded).toBe(true);
});
