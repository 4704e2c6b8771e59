import type { ChangeNotifications, ChangeObserver } from '@souk/shared/notifications/change-notifications';
import type { Topic } from '@souk/shared/topic';
import type { GatewayOptions } from '../src/options.js';
import type { ReadCacheOptions } from '../src/cache/cache-store.js';
import type { RecordingSubgraph, SmallGateway, SmallSubgraph } from './small-graph.js';
import { startSmallGateway } from './small-graph.js';

/** The head of a subgraph's SDL that hints at how long responses may be cached. */
export const withHints = `extend schema
  @link(url: "https://specs.apollo.dev/federation/v2.11",
    import: ["@key", "@shareable", "@interfaceObject", "@authenticated", "@requiresScopes", "@composeDirective"])
  @link(url: "https://souk.dev/cacheControl/v0.1", import: ["@cacheControl"])
  @composeDirective(name: "@cacheControl")
directive @cacheControl(maxAge: Int, scope: cacheControl__Scope, inheritMaxAge: Boolean)
  on FIELD_DEFINITION | OBJECT | INTERFACE | UNION
enum cacheControl__Scope { PUBLIC PRIVATE }
`;

/** Signals that a test sends, loses and finds again. */
export class TestSignals implements ChangeNotifications {
  readonly #watchers = new Set<ChangeObserver>();

  readonly publish = (topics: Iterable<Topic>): void => {
    for (const watcher of this.#watchers) watcher.changed([...topics]);
  };

  observe(watcher: ChangeObserver): () => void {
    this.#watchers.add(watcher);
    watcher.missed();
    return () => void this.#watchers.delete(watcher);
  }

  lose(): void {
    for (const watcher of this.#watchers) watcher.lost();
  }

  find(): void {
    for (const watcher of this.#watchers) watcher.missed();
  }

  subscribe(): () => void {
    return () => undefined;
  }

  ready(): Promise<void> {
    return Promise.resolve();
  }
}

/** The item that the test shop sells, with the topics that it reports. */
export interface Stock {
  title: string;
  topics: Topic[];
  isPrivate: boolean;
}

/** A shop whose goods everybody may see, and somebody who adds to them. */
export const shop = (stock: Stock): Record<string, SmallSubgraph> => ({
  shop: {
    sdl: `${withHints}
      type Query {
        item(id: ID!): Item @cacheControl(maxAge: 60)
        items: [Item!]! @cacheControl(maxAge: 60)
        plain: Item
        guarded: Item @cacheControl(maxAge: 60) @authenticated
        broken: Item @cacheControl(maxAge: 60)
      }
      type Mutation { touch: Item }
      type Item @key(fields: "id") @cacheControl(maxAge: 30) {
        id: ID!
        title: String @cacheControl(inheritMaxAge: true)
        mine: Boolean @cacheControl(scope: PRIVATE)
        stock: Stock!
        hidden: Int @cacheControl(inheritMaxAge: true) @requiresScopes(scopes: [["see"]])
      }
      type Stock @cacheControl(maxAge: 5) { left: Int! }`,
    resolvers: {
      Query: {
        item: (_root: unknown, { id }: { id: string }) => ({ id }),
        items: () => [{ id: '1' }, { id: '2' }],
        plain: () => ({ id: '1' }),
        guarded: () => ({ id: '1' }),
        broken: () => {
          throw new Error('broken');
        },
      },
      Mutation: { touch: () => ({ id: '1' }) },
      Item: {
        __resolveReference: ({ id }: { id: string }) => (id === 'gone' ? null : { id }),
        title: ({ id }: { id: string }) => `${stock.title} ${id}`,
        mine: () => true,
        stock: () => ({ left: 3 }),
        hidden: () => 7,
      },
    },
  },
  fans: {
    sdl: `type Query { liked: [Item!]! }
      type Item @key(fields: "id") { id: ID! likes: Int }`,
    resolvers: {
      Query: { liked: () => [{ id: '1' }, { id: '2' }, { id: '1' }] },
      Item: { __resolveReference: (item: unknown) => item, likes: () => 5 },
    },
  },
});

/** Starts a gateway that keeps reads of the shop. */
export async function startCachedShop(
  stock: Stock,
  readCache: ReadCacheOptions,
  options: Partial<GatewayOptions> = {},
): Promise<SmallGateway & { shop: RecordingSubgraph }> {
  const small = await startSmallGateway(shop(stock), { readCache, ...options });
  const { shop: recorded } = small.subgraphs;
  if (!recorded) throw new Error('There is no shop.');
  const plain = recorded.answer;
  recorded.answer = async (request) => {
    const { topics, isPrivate } = stock;
    const result = await plain(request);
    if (request.headers['x-souk-reads'] === undefined) return result;
    return { ...result, extensions: { reads: { topics: [...topics], isPrivate } } };
  };
  return { ...small, shop: recorded };
}
