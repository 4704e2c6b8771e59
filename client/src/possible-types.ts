import result from './generated/possible-types.js';

/** The types of each interface and union of Souk's API: for the option `possibleTypes` of Apollo Client's cache. */
export const possibleTypes: Readonly<Record<string, string[]>> = result.possibleTypes;
