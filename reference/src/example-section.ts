import type { Example } from './examples.js';
import { exampleOf, people, placeholdersOf } from './examples.js';

/** Links to the page of an operation, by its coordinate. */
export type PageOf = (coordinate: string) => string;

/** The section of an operation's page that shows its example. */
export function exampleSection(example: Example, linkTo: PageOf): string {
  const { document, recorded, person } = example;
  const hasVariables = Object.keys(example.variables).length > 0;
  const sentence = `Sent by ${people[person]}${hasVariables ? '' : ', without variables'}.`;
  return [
    '## Example',
    [sentence, ...sourcesText(example, linkTo)].join(' '),
    block('graphql', document),
    ...(hasVariables ? ['Variables:', json(recorded?.variables ?? example.variables)] : []),
    ...(recorded
      ? [example.root === 'Subscription' ? 'An event:' : 'Response:', json(recorded.response)]
      : []),
  ].join('\n\n');
}

/** Which other operations the values come from, and what has to happen before. */
function sourcesText(example: Example, linkTo: PageOf): string[] {
  const { variables, after, trigger, refusal } = example;
  const link = (coordinate: string): string => `[${coordinate}](${linkTo(coordinate)})`;
  const sources = Object.entries(variables).flatMap(([name, value]) => {
    const from = [...new Set(placeholdersOf(value).flatMap((found) => exampleOf(found) ?? []))];
    return from.length === 0 ? [] : [`\`${name}\` has values of ${from.map(link).join(' and ')}.`];
  });
  const before = after.length === 0 ? [] : [`Sent after ${after.map(link).join(' and ')}.`];
  const changed = Object.entries(example.with).map(
    ([coordinate, overrides]) =>
      `Here ${link(coordinate)} has ${Object.entries(overrides)
        .map(([path, value]) => `\`${path}\` ${JSON.stringify(value)}`)
        .join(', ')}.`,
  );
  const cause = trigger === undefined ? [] : [`The event is caused by ${link(trigger)}.`];
  return [...sources, ...before, ...changed, ...cause, ...(refusal === undefined ? [] : [refusal])];
}

function json(value: unknown): string {
  return block('json', JSON.stringify(value, null, 2));
}

function block(language: string, text: string): string {
  return `\`\`\`${language}\n${text}\n\`\`\``;
}
