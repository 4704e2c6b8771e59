import { buildSchema, getIntrospectionQuery, parse, specifiedRules, validate } from 'graphql';
import { depthLimit, maxTokens, TooLarge } from './document-size.js';

const schema = buildSchema('type Query { a: Query b: Int }');

function problems(query: string, limit: number): string[] {
  return validate(schema, parse(query), [...specifiedRules, depthLimit(limit)]).map(({ message }) => message);
}

describe('the depth of an operation', () => {
  test('counts fields, through fragments of both kinds', () => {
    expect(problems('{ a { a { b } } }', 3)).toEqual([]);
    expect(problems('{ a { a { b } } }', 2)).toEqual(['The operation is 3 fields deep; 2 are allowed.']);
    expect(
      problems(
        '{ ...x } fragment x on Query { a { ... on Query { ...y } } } fragment y on Query { a { b } }',
        2,
      ),
    ).toEqual(['The operation is 3 fields deep; 2 are allowed.']);
  });

  test('is found in time where fragments multiply', () => {
    const fragments = Array.from(
      { length: 40 },
      (_, index) => `fragment f${index} on Query { x: a { ...f${index + 1} } y: a { ...f${index + 1} } }`,
    );
    const query = `{ ...f0 } ${fragments.join(' ')} fragment f40 on Query { b }`;
    const errors = validate(schema, parse(query), [depthLimit(15)]);
    expect(errors[0]?.originalError).toBeInstanceOf(TooLarge);
    expect(errors[0]?.message).toContain('41 fields');
  });

  test('comes to an end where fragments go in circles', () => {
    const query = '{ ...x } fragment x on Query { a { ...y } } fragment y on Query { a { ...x } }';
    expect(problems(query, 15)).toEqual([expect.stringContaining('Cannot spread fragment')]);
  });

  test('does not count introspection, which an IDE sends in full', () => {
    const query = getIntrospectionQuery({
      inputValueDeprecation: true,
      oneOf: true,
      directiveIsRepeatable: true,
    });
    expect(validate(schema, parse(query, { maxLexicalTokens: maxTokens }), [depthLimit(1)])).toEqual([]);
  });
});
