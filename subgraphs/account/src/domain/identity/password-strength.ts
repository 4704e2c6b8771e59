import { createRequire } from 'node:module';
import type * as Core from '@zxcvbn-ts/core';
import type * as Common from '@zxcvbn-ts/language-common';
import type * as English from '@zxcvbn-ts/language-en';

/** What an estimate says of a password. */
export interface PasswordEstimate {
  /** 0 to 4, as zxcvbn counts: 2 withstands 10^6 guesses, 3 withstands 10^8. */
  score: number;
  /** Sentences for people: what makes it weak, then what would make it stronger. */
  advice: string[];
}

/**
 * UTF-16 code units that are looked at, since the time grows faster than the length. What follows can only make a
 * password stronger.
 */
const estimatedLength = 48;
/** Of words that must not make up the password. */
const maxWordLength = 24;
const maxWords = 12;
/** Ways to read figures and signs as letters ("p4ssw0rd"): they are most of the work. */
const maxSubstitutions = 4;
const siteWords = ['souk'];

let estimator: Core.ZxcvbnFactory | null = null;

/**
 * Estimates how many guesses a password withstands. Takes milliseconds, and a quarter of a second the first time: the
 * dictionaries are loaded then.
 * @param personal words that whoever knows the owner would try: their e-mail address, their names
 */
export function estimatePassword(password: string, personal: readonly string[]): PasswordEstimate {
  estimator ??= loadEstimator();
  const words = [...personal.flatMap(splitWords), ...siteWords].slice(0, maxWords);
  const { score, feedback } = estimator.check(password.slice(0, estimatedLength), words);
  return { score, advice: [...(feedback.warning ? [feedback.warning] : []), ...feedback.suggestions] };
}

/** The text, and its words where it has several. */
function splitWords(text: string): string[] {
  const words = text.split(/[^\p{L}\p{N}]+/u);
  return [...new Set([text, ...words])]
    .filter((word) => word.length > 2)
    .map((word) => word.slice(0, maxWordLength));
}

// Loaded by need: launchers read account's configuration and seldom judge a password, and the dictionaries take 66 MB of memory.
const requireModule = createRequire(__filename);

function loadEstimator(): Core.ZxcvbnFactory {
  const core = requireModule('@zxcvbn-ts/core') as typeof Core;
  const common = requireModule('@zxcvbn-ts/language-common') as typeof Common;
  const english = requireModule('@zxcvbn-ts/language-en') as typeof English;
  return new core.ZxcvbnFactory({
    dictionary: { ...common.dictionary, ...english.dictionary },
    graphs: common.adjacencyGraphs,
    translations: english.translations,
    maxLength: estimatedLength,
    l33tMaxSubstitutions: maxSubstitutions,
  });
}
