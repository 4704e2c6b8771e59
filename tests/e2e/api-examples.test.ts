import type { Example, ExampleSettings, Person } from '@souk/reference/examples';
import { examplesPath, operationFolders, readExamples } from '@souk/reference/examples';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ExamplePerson } from '../support/example-people.js';
import { ExamplePeople } from '../support/example-people.js';
import type { ExampleResult } from '../support/example-run.js';
import { ExampleRun } from '../support/example-run.js';
import { normalized, withRecordedValues } from '../support/example-normalization.js';
import { souk, soukUrl } from '../support/suite-clients.js';

const root = join(__dirname, '../..');
const examples = new Map(readExamples(root).map((example) => [example.coordinate, example]));
const shared = new Map<Person, Promise<ExamplePerson>>();
/** `npm run docs:examples` writes responses instead of comparing them: those that are missing, or all. */
const { RECORD_EXAMPLES: recording } = process.env;

/** Sends an example's operation as its person; the result as it is documented. */
async function resultOf(example: Example): Promise<ExampleResult> {
  const run = new ExampleRun(examples, new ExamplePeople(souk, shared));
  const result = await run.run(example);
  return withRecordedValues(normalized(result, { unique: run.unique, url: soukUrl }, example), example);
}

/** Prettier formats the file afterwards: it cannot be loaded in Jest. */
function record({ root: type, field }: Example, result: ExampleResult): void {
  const file = join(root, examplesPath, operationFolders[type], `${field}.json`);
  const { recorded: _, ...settings } = JSON.parse(readFileSync(file, 'utf8')) as ExampleSettings;
  writeFileSync(file, `${JSON.stringify({ ...settings, recorded: result }, null, 2)}\n`);
}

it.each([...examples])('the example of %s is as documented', async (_coordinate, example) => {
  if (recording === 'missing' && example.recorded) return;
  const result = await resultOf(example);
  if (recording) record(example, result);
  else expect(result).toEqual(example.recorded);
});
