/** Ends what the keeper still has, after a suite that did not come to its end too. */
async function tearDown(): Promise<void> {
  const sharedSouk = globalThis.sharedSouk;
  globalThis.sharedSouk = undefined;
  await sharedSouk?.close();
}

module.exports = tearDown;
