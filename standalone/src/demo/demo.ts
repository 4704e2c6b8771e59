import { Graph } from './graph.js';
import { seedCatalog } from './seed-catalog.js';
import { seedPeople, signIn } from './seed-people.js';

/**
 * Fills a new Souk with people and things to buy, by the mutations that everybody uses. What is there already stays:
 * a start that was broken off is taken up where it stopped.
 * @param url the address of /graphql
 * @param admin the administrator whom account made from its environment
 */
export async function seedDemo(url: string, admin: { email: string; password: string }): Promise<void> {
  const graph = new Graph(url);
  const manager = await signIn(graph, admin.email, admin.password);
  const { partner } = await seedPeople(graph, manager);
  await seedCatalog(manager, partner, new Date());
}
