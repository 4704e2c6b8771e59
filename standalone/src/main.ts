import { readConfig } from './config.js';
import { run } from './signals.js';
import { startStandalone } from './standalone.js';

function report(line: string): void {
  process.stdout.write(`${line}\n`);
}

run(async (teardown) => {
  report(await startStandalone(readConfig(), teardown, report));
});
