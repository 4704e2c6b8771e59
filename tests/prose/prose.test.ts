import { nameProblems, sentenceProblems } from './rules.cjs';
import { commentsOf, exportedNames, proseOf } from './source-text.cjs';

// `npm run check:prose` applies these rules to the whole repository. Here each of them sees a planted sentence.

it.each([
  ['opener', 'What one client is told of a stream.'],
  ['opener', 'Sends the event. Whoever comes later joins the stream.'],
  ['opener', 'Nobody joins a run that began before.'],
  ['pronoun', 'Each client has a stream of his own.'],
  ['metaphor', 'The one door to the supergraph.'],
  ['metaphor', 'Anonymous callers are nobody in particular.'],
  ['told', 'The error tells why.'],
  ['asked', 'The subgraph is asked once.'],
])('a rule sees its planted sentence: %s', (rule, sentence) => {
  expect(sentenceProblems(sentence).map((problem) => problem.rule)).toContain(rule);
});

it.each([
  'Sorted by primary key so that concurrent transactions lock in one order.',
  'What does a client see after a reload?',
  'Copies the refund totals of payment to the order. Stale updates are ignored.',
  'Requests identical queries once; where Redis is unreachable, the process counts by itself.',
])('plain sentences pass: %s', (sentence) => {
  expect(sentenceProblems(sentence)).toEqual([]);
});

it('sees private metaphors in names of files and exports', () => {
  expect(nameProblems('event-door.ts')).toHaveLength(1);
  expect(nameProblems('openHouse')).toHaveLength(1);
  expect(nameProblems('sse-handler.ts')).toEqual([]);
});

it('reads comments, exported names and Markdown, and no code', () => {
  const source = `
    /** Who calls: see {@link x}. */
    export const houseRouter = 'he is asked'; // told
    // A comment of
    // two lines.
  `;
  expect(commentsOf('a.ts', source).map(({ text }) => text)).toEqual([
    'Who calls: see {}.',
    'told',
    'A comment of two lines.',
  ]);
  expect(exportedNames('a.ts', source)).toEqual([{ line: 3, name: 'houseRouter' }]);
  expect(proseOf('# Title\n\n```sh\nhe is asked\n```\n\nText with `code told`.')).toEqual([
    { line: 1, text: 'Title' },
    { line: 7, text: 'Text with ``.' },
  ]);
});
