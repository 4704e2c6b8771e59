import type { SoukError } from '@souk/client/souk-client';
import type { TestClient } from '@souk/testing/test-client';
import { OperationTypeNode } from 'graphql';
import { until } from '../support/until.js';
import type { AccessDocument } from './access-document.js';
import type { Outcome } from './access-row.js';

interface Answer {
  data?: unknown;
  errors?: readonly SoukError[] | undefined;
}

const streamDeadlineMs = 30_000;

/** Sends an operation as a caller. Returns its outcome. */
export async function callAs(
  client: TestClient,
  document: AccessDocument,
  variables: Record<string, unknown>,
  trigger: () => Promise<void> = () => Promise.resolve(),
): Promise<Outcome> {
  if (document.operation === OperationTypeNode.SUBSCRIPTION)
    return subscribeAs(client, document, variables, trigger);
  return outcomeOf(await client.send(document.text, variables), document.path);
}

/** The outcome of the first event. */
async function subscribeAs(
  client: TestClient,
  { text, path }: AccessDocument,
  variables: Record<string, unknown>,
  trigger: () => Promise<void>,
): Promise<Outcome> {
  const stream = client.subscribe('SSE', text, variables);
  try {
    const event = await until(
      'the stream begins',
      async () => {
        if (stream.failure) throw stream.failure;
        if (!stream.events[0]) await trigger();
        return stream.events[0];
      },
      streamDeadlineMs,
    );
    return outcomeOf(event, path);
  } finally {
    await stream.stop();
  }
}

/** The outcome of an answer: the codes of all errors, the codes of refusals, or whether there is a value. */
export function outcomeOf({ data, errors }: Answer, path: readonly string[]): Outcome {
  if (errors && errors.length > 0) return listed(errors.map(({ extensions }) => extensions.code));
  const value = path.reduce<unknown>((at, name) => {
    const parent = Array.isArray(at) ? firstWith(at, name) : at;
    return parent === undefined || parent === null ? parent : (parent as Record<string, unknown>)[name];
  }, data);
  if (value === undefined) return 'nothing';
  if (value === null) return 'null';
  const { userErrors = [] } = value as { userErrors?: readonly { code: string }[] };
  return userErrors.length > 0 ? listed(userErrors.map(({ code }) => code)) : 'OK';
}

/** The first item of a list that has a value, else the first of all. */
function firstWith(list: readonly unknown[], name: string): unknown {
  const objects = list as readonly (Record<string, unknown> | null)[];
  return objects.find((object) => (object?.[name] ?? null) !== null) ?? objects[0];
}

function listed(codes: readonly string[]): string {
  return [...new Set(codes)].sort().join(', ');
}
