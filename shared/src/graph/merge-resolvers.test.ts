import { mergeResolvers } from './merge-resolvers.js';

it('merges the fields of all parts by type', () => {
  const [me, name, tours] = [() => 1, () => 2, () => 3];
  expect(
    mergeResolvers<object>({ Query: { me }, User: { name } }, { Query: { tours } }, { User: {} }),
  ).toEqual({ Query: { me, tours }, User: { name } });
});

it('refuses two resolvers of one field', () => {
  const part = { Query: { me: () => 1 } };
  expect(() => mergeResolvers(part, part)).toThrow('Query.me has two resolvers.');
});
