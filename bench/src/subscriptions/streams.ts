import type { Socket } from 'node:net';
import { connect } from 'node:net';
import { WebSocket } from 'ws';

/** A stream of a client, open. */
export interface ClientStream {
  close(): void;
}

/** Opens a stream; resolves when the gateway says that it is open. `onEvent` is called with each event. */
export type OpenStream = (
  url: string,
  query: string,
  onEvent: (event: string) => void,
) => Promise<ClientStream>;

/** By Server-Sent Events, on a bare socket: a client as small as can be. */
export const openEvents: OpenStream = (url, query, onEvent) =>
  new Promise((resolve, reject) => {
    const { hostname, port, pathname } = new URL(url);
    const body = JSON.stringify({ query });
    const socket: Socket = connect(Number(port), hostname);
    let text = '';
    socket.setEncoding('utf8');
    socket.once('error', reject);
    socket.once('close', () => reject(new Error('The stream was closed.')));
    socket.on('data', (chunk: string) => {
      text += chunk;
      if (text.startsWith('HTTP/1.1 ') && !text.startsWith('HTTP/1.1 200')) {
        reject(new Error(text.split('\r\n')[0]));
        return;
      }
      if (text.includes('\r\n\r\n')) resolve({ close: () => socket.destroy() });
      for (const [, event = ''] of text.matchAll(/event: next\ndata: (.*)\n\n/g)) onEvent(event);
      text = text.slice(text.lastIndexOf('\n\n') + 1);
    });
    socket.write(
      `POST ${pathname} HTTP/1.1\r\nhost: ${hostname}\r\ncontent-type: application/json\r\naccept: text/event-stream\r\n` +
        `content-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
    );
  });

/** By WebSocket, a connection for each. That it is open is known by the answer to a query behind it. */
export const openSocket: OpenStream = (url, query, onEvent) =>
  new Promise((resolve, reject) => {
    const socket = new WebSocket(url.replace('http', 'ws'), 'graphql-transport-ws', {
      perMessageDeflate: false,
    });
    const send = (message: object): void => socket.send(JSON.stringify(message));
    socket.once('error', reject);
    socket.once('close', (code) => reject(new Error(`The WebSocket was closed: ${code}.`)));
    socket.once('open', () => send({ type: 'connection_init' }));
    socket.on('message', (data: Buffer) => {
      const message = JSON.parse(data.toString()) as { type: string; id?: string; payload?: unknown };
      if (message.type === 'connection_ack') {
        send({ id: 'stream', type: 'subscribe', payload: { query } });
        send({ id: 'after', type: 'subscribe', payload: { query: '{ __typename }' } });
      } else if (message.type === 'next' && message.id === 'stream') onEvent(JSON.stringify(message.payload));
      else if (message.type === 'complete') resolve({ close: () => socket.terminate() });
      else if (message.type === 'error') reject(new Error(JSON.stringify(message.payload)));
    });
  });

/** Opens many, some at a time. */
export async function openMany(
  count: number,
  open: (index: number) => Promise<ClientStream>,
): Promise<ClientStream[]> {
  const streams: ClientStream[] = [];
  const atOnce = 50;
  for (let first = 0; first < count; first += atOnce) {
    const batch = Array.from({ length: Math.min(atOnce, count - first) }, (_, offset) =>
      open(first + offset),
    );
    streams.push(...(await Promise.all(batch)));
  }
  return streams;
}
