import { Pool } from 'undici';
import { percentile } from '../percentile.js';
import type { Operation } from './operations.js';

/** The result of a load. */
export interface Load {
  perSecond: number;
  p50: number;
  p99: number;
  failed: number;
  answers: number;
}

/** How an operation is sent. */
export interface LoadOptions {
  url: string;
  token: string;
  connections: number;
  seconds: number;
}

/** The bodies of an operation. */
function bodiesOf({ query, variables }: Operation): string[] {
  return variables.map((one) => JSON.stringify({ query, variables: one }));
}

function headersOf({ signedIn }: Operation, token: string): Record<string, string> {
  return { 'content-type': 'application/json', ...(signedIn && { authorization: `Bearer ${token}` }) };
}

/** Asks an operation over and over, on each connection the next as soon as the last is answered. */
export async function load(operation: Operation, options: LoadOptions): Promise<Load> {
  const { url, token, connections, seconds } = options;
  const { origin, pathname } = new URL(url);
  const pool = new Pool(origin, { connections });
  const bodies = bodiesOf(operation);
  const headers = headersOf(operation, token);
  const times: number[] = [];
  let failed = 0;
  let next = 0;
  const begun = performance.now();
  const end = begun + seconds * 1_000;
  const one = async (): Promise<void> => {
    while (performance.now() < end) {
      const body = bodies[next++ % bodies.length] ?? '';
      const at = performance.now();
      const answer = await pool.request({ path: pathname, method: 'POST', headers, body });
      const text = await answer.body.text();
      times.push(performance.now() - at);
      if (answer.statusCode !== 200 || text.startsWith('{"errors"')) failed += 1;
    }
  };
  await Promise.all(Array.from({ length: connections }, one));
  const took = (performance.now() - begun) / 1_000;
  await pool.close();
  return {
    perSecond: times.length / took,
    p50: percentile(times, 0.5),
    p99: percentile(times, 0.99),
    failed,
    answers: times.length,
  };
}

/** All answers to an operation as text, keys in order. @throws where one has errors */
export async function answersTo(
  operation: Operation,
  { url, token }: Pick<LoadOptions, 'url' | 'token'>,
): Promise<string[]> {
  return Promise.all(
    bodiesOf(operation).map(async (body) => {
      const answer = await fetch(url, { method: 'POST', headers: headersOf(operation, token), body });
      const value: unknown = await answer.json();
      if (Object.hasOwn(value as object, 'errors'))
        throw new Error(`${operation.name}: ${JSON.stringify(value)}`);
      return JSON.stringify(value, inOrder);
    }),
  );
}

function inOrder(_key: string, value: unknown): unknown {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
    : value;
}

/** Answers of another Souk with the same demo data: its ids are others. */
export function withoutIds(text: string): string {
  return text.replaceAll(/"[a-z]+_[0-9a-z]{26}"/g, '"id"');
}
