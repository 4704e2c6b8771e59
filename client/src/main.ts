import { buySomething } from './example.js';

const [url = 'http://localhost:4000'] = process.argv.slice(2);

buySomething(url, { report: (line) => process.stdout.write(`${line}\n`) }).then(
  ({ status }) => {
    process.exitCode = status === 'COMPLETED' ? 0 : 1;
  },
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  },
);
