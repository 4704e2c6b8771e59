import { rm } from 'node:fs/promises';

/** Ends the server that global-setup started. */
async function tearDown(): Promise<void> {
  const started = globalThis.testPostgres;
  if (!started) return;
  globalThis.testPostgres = undefined;
  await started.server.stop();
  // Under root the files may lie elsewhere than in the directory.
  await started.server.discard();
  await rm(started.directory, { recursive: true, force: true });
}

module.exports = tearDown;
