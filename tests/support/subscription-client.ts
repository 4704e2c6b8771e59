import { createClient as createEventClient } from 'graphql-sse';
import { createClient as createSocketClient } from 'graphql-ws';
import { WebSocket } from 'ws';
import type { Client, ClientError } from './client';
import { RecordedStream } from './recorded-stream';

/** Transports for subscriptions. */
export type StreamTransport = 'SSE' | 'WebSocket';

/** An event as a client receives it. */
export interface ReceivedEvent<Data> {
  data?: Data | null;
  errors?: readonly ClientError[];
}

/**
 * Opens a subscription with the reference client of the transport's protocol. The trace context travels in a header
 * (SSE) or in the operation's extensions (WebSocket).
 */
export function subscribe<Data>(
  { url, accessToken, traceparent }: Pick<Client, 'url' | 'accessToken'> & { traceparent?: string },
  transport: StreamTransport,
  query: string,
  variables: Record<string, unknown> = {},
): RecordedStream<ReceivedEvent<Data>> {
  const authorization: Record<string, string> =
    accessToken === null ? {} : { authorization: `Bearer ${accessToken}` };
  const client =
    transport === 'SSE'
      ? createEventClient({
          url: `${url}/graphql`,
          retryAttempts: 0,
          headers: { ...authorization, ...(traceparent !== undefined && { traceparent }) },
        })
      : createSocketClient({
          url: `${url.replace('http', 'ws')}/graphql`,
          webSocketImpl: WebSocket,
          retryAttempts: 0,
          connectionParams: authorization,
        });
  const request = { query, variables, ...(traceparent !== undefined && { extensions: { traceparent } }) };
  return new RecordedStream(client.iterate(request) as unknown as AsyncIterableIterator<ReceivedEvent<Data>>);
}
