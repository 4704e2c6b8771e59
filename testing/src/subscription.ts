import type { AccessTokenSource, SoukError } from '@souk/client/souk-client';
import { createClient as createEventClient } from 'graphql-sse';
import { createClient as createSocketClient } from 'graphql-ws';
import { WebSocket } from 'ws';
import { RecordedStream } from './recorded-stream.js';

/** Transports of subscriptions. */
export type StreamTransport = 'SSE' | 'WebSocket';

/** An event as a client receives it. */
export interface ReceivedEvent<Data> {
  data?: Data | null;
  errors?: readonly SoukError[];
}

/** The caller of a subscription. */
export interface Subscriber {
  /** Souk's address, without a path. */
  url: string;
  /** Null: anonymous. A function is called when the subscription is opened. */
  accessToken: string | null | AccessTokenSource;
  /** W3C trace context of the caller. */
  traceparent?: string;
}

/**
 * Opens a subscription with the reference client of the transport's protocol. It is not reopened when it fails. The
 * trace context travels in a header (SSE) or in the operation's extensions (WebSocket).
 */
export function subscribe<Data>(
  { url, accessToken, traceparent }: Subscriber,
  transport: StreamTransport,
  query: string,
  variables: Record<string, unknown> = {},
): RecordedStream<ReceivedEvent<Data>> {
  const trace: Record<string, string> = traceparent === undefined ? {} : { traceparent };
  const headers = async (): Promise<Record<string, string>> => {
    const token = typeof accessToken === 'function' ? await accessToken() : accessToken;
    return token === null ? {} : { authorization: `Bearer ${token}` };
  };
  const client =
    transport === 'SSE'
      ? createEventClient({
          url: `${url}/graphql`,
          retryAttempts: 0,
          headers: async () => ({ ...(await headers()), ...trace }),
        })
      : createSocketClient({
          url: `${url.replace('http', 'ws')}/graphql`,
          webSocketImpl: WebSocket,
          retryAttempts: 0,
          connectionParams: headers,
        });
  const request = { query, variables, ...(traceparent !== undefined && { extensions: trace }) };
  return new RecordedStream(client.iterate(request) as unknown as AsyncIterableIterator<ReceivedEvent<Data>>);
}
