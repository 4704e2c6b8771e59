import { createServer } from 'node:http';
import { Pool } from 'undici';

/**
 * A hand-written aggregator for the benchmark's two responses and nothing else: the same 16 fetches as the query plan,
 * each entity fetched once, data merged by hand. No errors, no parsing, no validation.
 */

interface User {
  id: string;
  username?: string;
  name?: string;
  reviews?: Review[];
}
interface Product {
  inStock?: boolean;
  name?: string;
  price?: number;
  shippingEstimate?: number;
  upc: string;
  weight?: number;
  reviews?: Review[];
}
interface Review {
  id: string;
  body: string;
  product?: Product;
  author?: User;
}

const [port = '0', firstSubgraph = '4200'] = process.argv.slice(2);
const pools = Object.fromEntries(
  ['accounts', 'inventory', 'products', 'reviews'].map((name, offset) => [
    name,
    new Pool(`http://127.0.0.1:${Number(firstSubgraph) + offset}`, { connections: 64 }),
  ]),
);

function send<Data>(subgraph: string, body: string): Promise<Data> {
  const pool = pools[subgraph];
  if (!pool) throw new Error(`There is no subgraph ${subgraph}.`);
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    pool.dispatch(
      { path: '/graphql', method: 'POST', headers: { 'content-type': 'application/json' }, body },
      {
        onRequestStart: () => undefined,
        onResponseStart: () => undefined,
        onResponseData: (_controller, chunk) => void chunks.push(chunk),
        onResponseEnd: () => resolve((JSON.parse(Buffer.concat(chunks).toString()) as { data: Data }).data),
        onResponseError: (_controller, error) => reject(error),
      },
    );
  });
}

const bodyOf = (query: string): string => `{"query":${JSON.stringify(query)},"variables":`;
const entities = (selection: string): string =>
  bodyOf(`query($representations:[_Any!]!){_entities(representations:$representations){${selection}}}`);

const usersBody = `${bodyOf('{users{id username name}}')}{}}`;
const topProductsBody = `${bodyOf('{topProducts{inStock:__typename name price upc weight}}')}{}}`;
const meBody = `${bodyOf('{me{id name}}')}{}}`;
const below = 'reviews{id body author{id reviews{id body product{upc}}}}';
const userReviews = entities(`...on User{reviews{id body product{upc ${below}}}}`);
const productReviews = entities(`...on Product{${below}}`);
const names = entities('...on User{username name}');
const facts = entities('...on Product{name price weight}');
const stock = entities('...on Product{inStock}');
const shipping = entities('...on Product{shippingEstimate}');
const stockAndShipping = entities('...on Product{inStock shippingEstimate}');

async function fill<Entity extends User | Product>(
  subgraph: string,
  body: string,
  targets: readonly Entity[],
  represent: (entity: Entity) => string,
): Promise<void> {
  const owners = new Map<string, Entity[]>();
  for (const target of targets) {
    const text = represent(target);
    const same = owners.get(text);
    if (same) same.push(target);
    else owners.set(text, [target]);
  }
  const data = await send<{ _entities: object[] }>(
    subgraph,
    `${body}{"representations":[${[...owners.keys()].join(',')}]}}`,
  );
  let index = 0;
  for (const same of owners.values()) {
    const entity = data._entities[index];
    for (const target of same) Object.assign(target, entity);
    index += 1;
  }
}

const userKey = ({ id }: User): string => `{"__typename":"User","id":"${id}"}`;
const productKey = ({ upc }: Product): string => `{"__typename":"Product","upc":"${upc}"}`;
const productParcel = ({ upc, price, weight }: Product): string =>
  `{"__typename":"Product","upc":"${upc}","price":${price ?? 'null'},"weight":${weight ?? 'null'}}`;

async function fillProducts(products: readonly Product[]): Promise<void> {
  await Promise.all([
    fill('products', facts, products, productKey).then(() =>
      fill('inventory', shipping, products, productParcel),
    ),
    fill('inventory', stock, products, productKey),
  ]);
}

const reviewsOf = (owner: User | Product): Review[] => owner.reviews ?? [];
const productsOf = (reviews: readonly Review[]): Product[] =>
  reviews.flatMap(({ product }) => (product ? [product] : []));
const authorsOf = (reviews: readonly Review[]): User[] =>
  reviews.flatMap(({ author }) => (author ? [author] : []));

async function usersTree(): Promise<User[]> {
  const { users } = await send<{ users: User[] }>('accounts', usersBody);
  await fill('reviews', userReviews, users, userKey);
  const products = productsOf(users.flatMap(reviewsOf));
  const authors = authorsOf(products.flatMap(reviewsOf));
  await Promise.all([
    fillProducts(products),
    fill('accounts', names, authors, userKey),
    fillProducts(productsOf(authors.flatMap(reviewsOf))),
  ]);
  return users;
}

async function productsTree(): Promise<Product[]> {
  const { topProducts } = await send<{ topProducts: Product[] }>('products', topProductsBody);
  await Promise.all([
    fill('inventory', stockAndShipping, topProducts, productParcel),
    fill('reviews', productReviews, topProducts, productKey).then(async () => {
      const authors = authorsOf(topProducts.flatMap(reviewsOf));
      await Promise.all([
        fill('accounts', names, authors, userKey),
        fillProducts(productsOf(authors.flatMap(reviewsOf))),
      ]);
    }),
  ]);
  return topProducts;
}

const userOf = ({ id, username, name }: User, extra: object = {}): object => ({
  id,
  username,
  name,
  ...extra,
});
const productOf = (product: Product, extra: object = {}): object => ({
  inStock: product.inStock,
  name: product.name,
  price: product.price,
  shippingEstimate: product.shippingEstimate,
  upc: product.upc,
  weight: product.weight,
  ...extra,
});
const leafReview = ({ id, body, product }: Review): object => ({
  id,
  body,
  product: product && productOf(product),
});
const authoredReview = ({ id, body, author }: Review): object => ({
  id,
  body,
  author: author && userOf(author, { reviews: reviewsOf(author).map(leafReview) }),
});
const rootReview = ({ id, body, product }: Review): object => ({
  id,
  body,
  product: product && productOf(product, { reviews: reviewsOf(product).map(authoredReview) }),
});

async function big(): Promise<string> {
  const [users, topProducts] = await Promise.all([usersTree(), productsTree()]);
  return JSON.stringify({
    data: {
      users: users.map((user) => userOf(user, { reviews: reviewsOf(user).map(rootReview) })),
      topProducts: topProducts.map((product) =>
        productOf(product, { reviews: reviewsOf(product).map(authoredReview) }),
      ),
    },
  });
}

const server = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    const { query } = JSON.parse(Buffer.concat(chunks).toString()) as { query: string };
    const running = query.includes('TestQuery')
      ? big()
      : send('accounts', meBody).then((data) => JSON.stringify({ data }));
    running.then(
      (text) => response.setHeader('content-type', 'application/json').end(text),
      () => response.writeHead(500).end('{"errors":[]}'),
    );
  });
});
server.listen(Number(port), '127.0.0.1');
