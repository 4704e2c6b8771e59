import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';

const maxHeapMb = 256;

test('a query for a hundred million objects ends in a small heap', async () => {
  const { stdout } = await promisify(execFile)(process.execPath, [
    `--max-old-space-size=${maxHeapMb}`,
    '--require',
    path.join(__dirname, '../../tests/support/typescript.cjs'),
    path.join(__dirname, 'support/hungry-query.ts'),
  ]);
  expect(stdout.trim().split('\n')).toEqual(['OPERATION_TOO_LARGE', 'OPERATION_TOO_LARGE']);
});
