import type { FormattedExecutionResult } from 'graphql';
import type { Data } from '../../types/data.js';
import { merge } from '../../types/data.js';
import { withEntityBatching } from './entity-batcher.js';
import type { EntityOperation } from '../run/plan-run.js';

const operation: EntityOperation = {
  subgraph: 'names',
  query: 'query($representations:[_Any!]!){_entities(representations:$representations){...on Thing{name}}}',
  operationName: undefined,
  isQuery: true,
  bodyStart: '',
  batchKey: { fetchCount: 2 },
};

describe('calls that are joined', () => {
  const calls: string[][] = [];
  let answer = (texts: readonly string[]): FormattedExecutionResult => ({
    data: { _entities: texts.map((text) => ({ name: text })) },
  });
  const fetcher = () =>
    withEntityBatching({
      fetch: () => Promise.reject(new Error('No test fetches root fields.')),
      fetchEntities: (_operation, own, texts) => {
        calls.push([own, ...texts]);
        return Promise.resolve(answer(texts));
      },
    });
  const names = ({ data }: FormattedExecutionResult): unknown =>
    (data as { _entities: ({ name: string } | null)[] | null })._entities?.map((entity) => entity?.name);

  beforeEach(() => calls.splice(0));

  it('later batches fetch only entities that are not known yet', async () => {
    const { fetchEntities } = fetcher();
    const [first, second] = await Promise.all([
      fetchEntities(operation, '', ['a', 'b']),
      fetchEntities(operation, '', ['c', 'a']),
    ]);
    const third = await fetchEntities(operation, '', ['d', 'c', 'b']);
    expect([first, second, third].map(names)).toEqual([
      ['a', 'b'],
      ['c', 'a'],
      ['d', 'c', 'b'],
    ]);
    expect(calls).toEqual([
      ['', 'a', 'b', 'c'],
      ['', 'd'],
    ]);
  });

  it('keep fetches with other variables apart', async () => {
    const { fetchEntities } = fetcher();
    await Promise.all([fetchEntities(operation, '"x":1', ['a']), fetchEntities(operation, '"x":2', ['a'])]);
    expect(calls).toEqual([
      ['"x":1', 'a'],
      ['"x":2', 'a'],
    ]);
  });

  it('give each place its own nested objects, whatever their keys are', async () => {
    const { fetchEntities } = fetcher();
    const plain = answer;
    answer = (texts) => ({
      data: { _entities: texts.map(() => JSON.parse('{"__proto__":{"a":{"x":1}}}') as Data) },
    });
    const entityOf = ({ data }: FormattedExecutionResult): Data =>
      (data as { _entities: [Data] })._entities[0];
    const first = entityOf(await fetchEntities(operation, '', ['a']));
    merge(first, JSON.parse('{"__proto__":{"a":{"y":2}}}') as Data);
    const second = entityOf(await fetchEntities(operation, '', ['a']));
    answer = plain;
    expect([first, second].map((entity) => JSON.stringify(entity))).toEqual([
      '{"__proto__":{"a":{"x":1,"y":2}}}',
      '{"__proto__":{"a":{"x":1}}}',
    ]);
    expect(calls).toHaveLength(1);
  });

  it('retry failed entities', async () => {
    const { fetchEntities } = fetcher();
    const sound = answer;
    answer = () => ({ errors: [{ message: 'Away.' }] });
    expect(await fetchEntities(operation, '', ['a'])).toEqual({
      errors: [{ message: 'Away.' }],
      data: { _entities: [null] },
    });
    answer = sound;
    expect(names(await fetchEntities(operation, '', ['a', 'b']))).toEqual(['a', 'b']);
    expect(calls).toEqual([
      ['', 'a'],
      ['', 'a', 'b'],
    ]);
  });
});
