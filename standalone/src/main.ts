import { misspelledVariables, readConfig } from './config.js';
import { run } from './signals.js';
import { startStandalone } from './standalone.js';

function report(line: string): void {
  process.stdout.write(`${line}\n`);
}

run(async (teardown) => {
  const config = readConfig('standalone');
  for (const line of misspelledVariables()) report(line);
  const { banner, addresses } = await startStandalone(config, teardown, report);
  report(banner);
  return addresses;
});
