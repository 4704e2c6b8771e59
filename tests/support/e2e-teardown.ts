/** Stops the shared Souks that are still running, for example after an aborted suite. */
async function tearDown(): Promise<void> {
  const sharedSouk = globalThis.sharedSouk;
  globalThis.sharedSouk = undefined;
  await sharedSouk?.close();
}

module.exports = tearDown;
