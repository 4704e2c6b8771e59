import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { anonymous, newUser, soukUrl } from '../support/suite-clients.js';

// graphql-jit 0.8.9 wrote what stood behind these markers into the source that it compiled.
const markers = [
  '__MAGIC_DATE__33a9e76d_02e0_4128_8e92_3530ad3da74d',
  '__MAGIC_NAN__57f286b9_4c20_487f_b409_79804ddcb4f8',
  '__MAGIC_PLUS_INFINITY__bb201c39_3333_4695_b4ad_7f1722e7aa7a',
  '__MAGIC_MINUS_INFINITY__71d4310a_d4a3_4a05_b1fe_e60779d24998',
];
/** More than any cache needs before it compiles. */
const repeats = 10;

let directory: string;
let canary: string;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'souk-canary-'));
  canary = join(directory, 'executed');
});

afterEach(() => rm(directory, { recursive: true, force: true }));

/** Code in several dialects of quoting that writes the canary, for the text of a GraphQL string. */
function payloads(): string[] {
  const write = `require(String.fromCharCode(102,115)).writeFileSync(${charCodes(canary)},String(1))`;
  const viaProcess = `process.getBuiltinModule(String.fromCharCode(102,115)).writeFileSync(${charCodes(canary)},String(1))`;
  return [write, viaProcess].flatMap((code) => [
    ...markers.map((marker) => `${marker}${code}`),
    `${markers[0] ?? ''}0);${code};(0`,
    '`${' + code + '}`',
    `'+${code}+'`,
    `"+${code}+"`,
    `\\u2028${code}//`,
    `*/${code}/*`,
  ]);
}

function charCodes(text: string): string {
  return `String.fromCharCode(${Array.from(text, (letter) => letter.charCodeAt(0)).join(',')})`;
}

/** One operation for each subgraph, with the literal in an argument, a list and an input object where there is one. */
const operations: Record<string, (literal: string) => string> = {
  account: (literal) => `{ partner(slug: ${literal}) { id } }`,
  'catalog, an argument': (literal) => `{ listing(slug: ${literal}) { id } }`,
  'catalog, an input object': (literal) =>
    `{ listings(first: 1, filter: { search: ${literal} }) { nodes { id } } }`,
  'catalog, a list': (literal) => `{ offers(ids: [${literal}]) { id } }`,
  'catalog, a default': (literal) => `query ($slug: String = ${literal}) { listing(slug: $slug) { id } }`,
  order: (literal) => `{ cart(id: ${literal}) { id } }`,
  payment: (literal) => `{ paymentMethods(currency: ${literal}) { method } }`,
  social: (literal) => `{ me { following(first: 1, after: ${literal}) { nodes { id } } } }`,
};

it.each(Object.keys(operations))('executes no text of a client: %s', async (name) => {
  const caller = name === 'social' ? await newUser() : anonymous();
  for (const payload of payloads()) {
    const query = operations[name]?.(JSON.stringify(payload)) ?? '';
    const answer = async (): Promise<string> => {
      const { data, errors } = await caller.send(query);
      return JSON.stringify({ data, errors: errors?.map(({ message, path }) => ({ message, path })) });
    };
    // The first alone: the others find whatever a cache has made of it.
    const answers = [await answer()];
    answers.push(...(await Promise.all(Array.from({ length: repeats - 1 }, answer))));
    expect(new Set(answers)).toEqual(new Set(answers.slice(0, 1)));
    expect({ payload, executed: existsSync(canary) }).toEqual({ payload, executed: false });
  }
  expect((await fetch(`${soukUrl}/health/live`)).status).toBe(200);
});
