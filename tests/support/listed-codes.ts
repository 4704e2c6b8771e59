import { joinSchema } from '@souk/shared/graph/joined-schema';
import { parse } from 'graphql';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { codesByMutation, unlistedCodes } from './api-descriptions';

const subgraphs = ['account', 'catalog', 'order', 'payment', 'social'];
let listed: ReadonlyMap<string, readonly string[] | null> | undefined;

/** The codes that each mutation's description lists, of all subgraphs. */
function codesOfAll(): ReadonlyMap<string, readonly string[] | null> {
  listed ??= new Map(
    subgraphs.flatMap((name) => {
      const sdl = readFileSync(join(__dirname, `../../subgraphs/${name}/src/schema.graphql`), 'utf8');
      return [...codesByMutation(parse(joinSchema(sdl)))];
    }),
  );
  return listed;
}

/** @throws an error if a response has a code that the description of its mutation does not list */
export function requireListedCodes(
  query: string,
  data: Readonly<Record<string, unknown>> | null | undefined,
): void {
  if (!data || !/\bmutation\b/.test(query)) return;
  const unlisted = unlistedCodes(codesOfAll(), query, data);
  if (unlisted.length > 0)
    throw new Error(`Descriptions of mutations do not list these codes: ${unlisted.join(', ')}.`);
}
