import { createRequire } from 'node:module';
import type * as Core from '@zxcvbn-ts/core';
import type * as Common from '@zxcvbn-ts/language-common';
import type * as English from '@zxcvbn-ts/language-en';

/** The estimated strength of a password. */
export interface PasswordEstimate {
  /** zxcvbn score, 0 to 4: 2 withstands 10^6 guesses, 3 withstands 10^8. */
  score: number;
  /** Sentences for users: first the weakness, then suggestions. */
  advice: string[];
}

/**
 * UTF-16 code units that are estimated: the time grows faster than the length, and the rest cannot weaken a password.
 */
const estimatedLength = 48;
/** UTF-16 code units of a forbidden word. */
const maxWordLength = 24;
const maxWords = 12;
/** Substitutions of digits and symbols for letters ("p4ssw0rd"). They take most of the time. */
const maxSubstitutions = 4;
const siteWords = ['souk'];

let estimator: Core.ZxcvbnFactory | null = null;

/**
 * Estimates how many guesses a password withstands. Takes milliseconds; the first call loads the dictionaries and takes
 * a quarter of a second.
 * @param personal words that an acquaintance would guess: the e-mail address, the names
 */
export function estimatePassword(password: string, personal: readonly string[]): PasswordEstimate {
  estimator ??= loadEstimator();
  const words = [...personal.flatMap(splitWords), ...siteWords].slice(0, maxWords);
  const { score, feedback } = estimator.check(password.slice(0, estimatedLength), words);
  return { score, advice: [...(feedback.warning ? [feedback.warning] : []), ...feedback.suggestions] };
}

/** The text and its single words. */
function splitWords(text: string): string[] {
  const words = text.split(/[^\p{L}\p{N}]+/u);
  return [...new Set([text, ...words])]
    .filter((word) => word.length > 2)
    .map((word) => word.slice(0, maxWordLength));
}

// Loaded lazily: launchers import this file for the configuration only, and the dictionaries take 66 MB of memory.
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
