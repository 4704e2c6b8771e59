import WebSocket from 'ws';
import { RawSubgraph } from './raw-subgraph.js';
import type { SmallGateway, SmallSubgraph } from './small-graph.js';
import { short, startSmallGateway } from './small-graph.js';

const large = '9007199254740993';
const largest = '9223372036854775807';

const items: SmallSubgraph = {
  sdl: `scalar Long scalar JSON
    type Query { item(no: Long, nos: [Long], id: ID, filter: Filter, json: JSON): Item items: [Item!] one: Thing }
    type Mutation { item(no: Long): Item }
    type Subscription { item: Item }
    input Filter { no: Long id: ID }
    interface Thing { id: ID no: Long! }
    type Item implements Thing @key(fields: "no") @key(fields: "id part { no }") {
      no: Long! id: ID ids: [ID] part: Part json: JSON int: Int ints: [Int] float: Float must: Int!
    }
    type Part { no: Long id: ID }`,
};
const names: SmallSubgraph = {
  sdl: `scalar Long
    type Item @key(fields: "no") { no: Long! name: String same: Long }`,
};
const parts: SmallSubgraph = {
  sdl: `scalar Long
    type Item @key(fields: "id part { no }") { id: ID part: Part @shareable size: Long }
    type Part { no: Long @shareable }`,
};

describe('numbers of subgraphs and of clients', () => {
  let item = '';
  const owner = new RawSubgraph(({ body }, response) => {
    // A part is of a key, so that the gateway reads the client's own under another name.
    const both = item.replace(/"part":(\{[^}]*\}|[^,}]+)/, '$&,"client_part":$1');
    const data = `{"item":${both},"items":[${both},${both}],"one":${both}}`;
    if (!body.includes('subscription')) return `{"data":${data}}`;
    response.setHeader('content-type', 'text/event-stream');
    response.end(`event: next\ndata: {"data":${data}}\n\nevent: complete\ndata:\n\n`);
    return null;
  });
  const entities = (field: string) =>
    new RawSubgraph(({ body }) => {
      const count = body.split('__typename":"Item"').length - 1;
      const each = Array.from({ length: count }, () => `{"__typename":"Item",${field}}`);
      return `{"data":{"_entities":[${each.join(',')}]}}`;
    });
  const namer = entities(`"name":"n","same":${largest}`);
  const parter = entities(`"size":${largest}`);
  let graph: SmallGateway;

  beforeAll(async () => {
    graph = await startSmallGateway(
      { items, names, parts },
      {
        subgraphs: null,
        urls: { items: await owner.listen(), names: await namer.listen(), parts: await parter.listen() },
      },
    );
  });
  afterAll(async () => {
    await graph.gateway.close();
    await Promise.all([owner, namer, parter].map((each) => each.close()));
  });
  beforeEach(() => {
    item = `{"__typename":"Item","no":${large},"id":"1"}`;
    for (const each of [owner, namer, parter]) each.requests.length = 0;
  });

  /** The text of the response, the first time and when the operation is known. */
  const textsOf = async (query: string, variables = '{}'): Promise<string> => {
    const body = `{"query":${JSON.stringify(query)},"variables":${variables}}`;
    const first = (await graph.post(body)).text.trim();
    const second = (await graph.post(body)).text.trim();
    expect(second).toBe(first);
    return first;
  };

  test('reach clients with the digits that they came with', async () => {
    const json = `{"a":[${large},{"b":-${largest}}],"d":0.1234567890123456789}`;
    item = `{"__typename":"Item","no":${largest},"json":${json},"float":1.5,"part":{"no":18446744073709551615}}`;
    const shown = `{"no":${largest},"json":${json},"float":1.5,"part":{"no":18446744073709551615}}`;
    const query =
      '{ item { ...F } items { ...F } one { no } } fragment F on Item { no json float part { no } }';
    expect(await textsOf(query)).toBe(
      `{"data":{"item":${shown},"items":[${shown},${shown}],"one":{"no":${largest}}}}`,
    );
    expect(await textsOf(`mutation { item { no json } }`)).toBe(
      `{"data":{"item":{"no":${largest},"json":${json}}}}`,
    );
  });

  test('are the keys of entities', async () => {
    item = `{"__typename":"Item","no":${large},"id":${large},"part":{"no":${largest}}}`;
    const query = '{ item { name same size } items { name } }';
    const named = `{"name":"n"}`;
    expect(await textsOf(query)).toBe(
      `{"data":{"item":{"name":"n","same":${largest},"size":${largest}},"items":[${named},${named}]}}`,
    );
    expect(namer.requests[0]?.body).toContain(`[{"__typename":"Item","no":${large}}]`);
    expect(parter.requests[0]?.body).toContain(
      `[{"__typename":"Item","id":"${large}","part":{"no":${largest}}}]`,
    );
  });

  test('reach subgraphs as variables and as literals', async () => {
    const query =
      'query ($no: Long, $nos: [Long], $id: ID, $f: Filter, $d: JSON = 9007199254740993) { item(no: $no, nos: $nos, id: $id, filter: $f, json: $d) { id } }';
    const variables = `{"no":${largest},"nos":[${large}],"id":${large},"f":{"no":${large},"id":${largest}}}`;
    await textsOf(query, variables);
    const sent = `{"no":${largest},"nos":[${large}],"id":"${large}","f":{"no":${large},"id":"${largest}"}}`;
    for (const { body } of owner.requests) {
      expect(JSON.parse(body)).toBeTruthy();
      for (const part of sent.slice(1, -1).split(',"')) expect(body).toContain(part);
      expect(body).toContain(`$d:JSON=${large}`);
    }
    owner.requests.length = 0;
    await textsOf(
      `{ item(no: ${largest}, nos: [${large}, 1], id: ${large}, filter: { no: ${large} }, json: { a: [${large}], b: "x" }) { id } }`,
    );
    expect(owner.requests[0]?.body).toContain(
      `(no:${largest} nos:[${large} 1]id:${large} filter:{no:${large}}json:{a:[${large}]b:\\"x\\"})`,
    );
  });

  test('reach both by GET, event streams and WebSockets', async () => {
    item = `{"__typename":"Item","no":${largest},"id":${large}}`;
    const shown = `{"item":{"no":${largest},"id":"${large}","name":"n"}}`;
    const query = 'query ($no: Long) { item(no: $no) { no id name } }';
    const search = new URLSearchParams({ query, variables: `{"no":${large}}` }).toString();
    for (const accept of ['application/json', 'text/event-stream']) {
      const headers = { accept, 'apollo-require-preflight': 'yes' };
      const response = await fetch(`${graph.url}/graphql?${search}`, { headers });
      expect(await response.text()).toContain(`{"data":${shown}}`);
    }
    const received: string[] = [];
    const raw = new WebSocket(`${graph.url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws');
    try {
      await new Promise((resolve) => raw.once('open', resolve));
      const done = new Promise<void>((resolve) =>
        raw.on('message', (data: Buffer) => {
          received.push(data.toString());
          if (received.filter((text) => text.includes('"complete"')).length === 2) resolve();
        }),
      );
      raw.send('{"type":"connection_init"}');
      await new Promise((resolve) => raw.once('message', resolve));
      const payload = `{"query":${JSON.stringify(query)},"variables":{"no":${large}}}`;
      raw.send(`{"id":"1","type":"subscribe","payload":${payload}}`);
      raw.send(`{"id":"2","type":"subscribe","payload":{"query":"subscription { item { no id name } }"}}`);
      await done;
    } finally {
      raw.close();
    }
    expect(received.filter((text) => text.includes(`"payload":{"data":${shown}}`))).toHaveLength(2);
    const asked = owner.requests.filter(({ body }) => body.includes('$no'));
    expect(asked.map(({ body }) => body.includes(`"no":${large}`))).toEqual([true, true, true]);
  });
});

describe('a leaf', () => {
  let value = '';
  const owner = new RawSubgraph(() => `{"data":{"item":{"__typename":"Item",${value}}}}`);
  let graph: SmallGateway;
  beforeAll(async () => {
    graph = await startSmallGateway({ items }, { subgraphs: null, urls: { items: await owner.listen() } });
  });
  afterAll(async () => {
    await graph.gateway.close();
    await owner.close();
  });

  test.each([
    ['id', '5', '"5"'],
    ['id', large, `"${large}"`],
    ['ids', `[5,"6",-7]`, '["5","6","-7"]'],
    ['int', '2147483647', '2147483647'],
    ['int', '-2147483648', '-2147483648'],
    ['float', '2147483648', '2147483648'],
    ['float', largest, largest],
  ])('%s: %s is %s', async (field, sent, shown) => {
    value = `"${field}":${sent}`;
    expect((await graph.execute(`{ item { ${field} } }`)).text.trim()).toBe(
      `{"data":{"item":{"${field}":${shown}}}}`,
    );
  });

  test.each([
    ['int', '2147483648', { int: null }, 'item.int'],
    ['int', '-2147483649', { int: null }, 'item.int'],
    ['int', largest, { int: null }, 'item.int'],
    ['ints', '[1,3000000000]', { ints: [1, null] }, 'item.ints.1'],
    ['must', '2147483648', null, 'item.must'],
    ['id', '5.5', { id: null }, 'item.id'],
    ['id', `${large}.5`, { id: null }, 'item.id'],
    ['part', large, { part: null }, 'item.part'],
  ])('%s: %s is null, with an error', async (field, sent, shown, path) => {
    value = `"${field}":${sent}`;
    const selection = field === 'part' ? 'part { no }' : field;
    // A part is of a key: the client's own is read under another name.
    if (field === 'part') value = `"client_part":${sent}`;
    const { data, errors } = await graph.execute(`{ item { ${selection} } }`);
    expect(data).toEqual({ item: shown });
    expect(short(errors)).toEqual([`INTERNAL_SERVER_ERROR ${path}`]);
  });
});
