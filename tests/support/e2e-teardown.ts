/** Ends what the keeper still has, after a suite that did not come to its end too. */
async function tearDown(): Promise<void> {
  const keeper = globalThis.soukKeeper;
  globalThis.soukKeeper = undefined;
  await keeper?.close();
}

module.exports = tearDown;
