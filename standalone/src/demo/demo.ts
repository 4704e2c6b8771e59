import { setTimeout as sleep } from 'node:timers/promises';
import { Graph } from './graph.js';
import { seedCatalog } from './seed-catalog.js';
import { seedPeople, signIn } from './seed-people.js';

/** The demo's part of a start: what is to be filled, and how to note that it is done. */
export interface DemoToFill {
  state: string;
  finish(): Promise<void>;
}

const tries = 5;
const pauseMs = 2_000;

/**
 * Completes demo data that were begun. Retries, because a component may restart meanwhile; Souk runs without the rest.
 * Failures go to `report`.
 */
export async function fillDemo(
  demo: DemoToFill,
  admin: { email: string; password: string } | null,
  url: string,
  report: (line: string) => void,
): Promise<void> {
  if (demo.state !== 'begun' || !admin) return;
  for (let left = tries; left > 0; left -= 1) {
    try {
      await seedDemo(url, admin);
      await demo.finish();
      return;
    } catch (error) {
      report(`The demo data are not complete yet: ${error instanceof Error ? error.message : String(error)}`);
      if (left > 1) await sleep(pauseMs);
    }
  }
  report('The next start continues with the demo data.');
}

/**
 * Fills a new Souk with people and things to buy, through the public mutations. Existing
 * data stay, so an interrupted start resumes.
 * @param url the address of /graphql
 * @param admin the administrator whom account made from its environment
 */
async function seedDemo(url: string, admin: { email: string; password: string }): Promise<void> {
  const graph = new Graph(url);
  const manager = await signIn(graph, admin.email, admin.password);
  const { partner } = await seedPeople(graph, manager);
  await seedCatalog(manager, partner, new Date());
}
