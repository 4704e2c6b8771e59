import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const cacheControl = 'https://souk.dev/cacheControl/v0.1';

/** A subgraph's SDL, joined with the value types that all share and with the directives of ours that it links. */
export function joinSchema(sdl: string): string {
  const joined = [sdl, definitions('common')];
  if (sdl.includes(cacheControl)) joined.push(definitions('cache-control'));
  return joined.join('\n');
}

function definitions(name: string): string {
  // The path holds from src and from dist alike.
  return readFileSync(join(__dirname, '../../src/graph', `${name}.graphql`), 'utf8');
}
