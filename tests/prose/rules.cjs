'use strict';
// The rules of CONTRIBUTING.md, "Names and English", that a machine can check. Judgement is still needed for the rest.

/** A rule for sentences: what it matches, and what to write instead. */
const sentenceRules = [
  {
    name: 'opener',
    // A question may begin so; a noun clause in place of a subject may not.
    pattern: /(?:^|[.:!?]\s+)(What|Who|Whose|Whom|Whoever|Whatever|Nobody|Somebody)\b[^.?!]*(?:[.!]|$)/u,
    advice: 'begin with the subject: name the actor or the thing',
  },
  { name: 'pronoun', pattern: /\b(he|him|his|himself|she|hers|herself)\b/iu, advice: 'people are "they"' },
  {
    name: 'metaphor',
    pattern:
      /\b(doors?|house|houses|rides?|riders?|flights?|hearing|intakes?|keepers?|cellar|desk|lanes?|in peace|left alone|nobody in particular|turn(?:s|ed|ing)? back|takes? turns|ask(?:s|ed)? again)\b/iu,
    advice: "use the field's word (NAMES in docs/glossary.md)",
  },
  {
    name: 'told',
    pattern: /\b(told|tells?|telling)\b/iu,
    advice: 'say who sends, reports, logs or returns what',
  },
  {
    name: 'asked',
    pattern: /\b(asked|askers?|is asking|are asking)\b/iu,
    advice: 'say who requests, queries or calls what',
  },
];

/** Words that no file and no exported name is made of. */
const bannedNameParts = new Set([
  'door',
  'doors',
  'house',
  'ride',
  'rides',
  'flights',
  'hearing',
  'intake',
  'asked',
  'asker',
  'asking',
  'told',
  'keeper',
  'desk',
  'lane',
  'lanes',
  'occasion',
  'shown',
  'nobodys',
  'verdict',
  'heard',
  'kept',
]);

/** Problems of one sentence or comment: rule, words, advice. */
function sentenceProblems(text) {
  return sentenceRules.flatMap(({ name, pattern, advice }) => {
    const match = pattern.exec(text);
    return match ? [{ rule: name, words: match[0].trim().slice(0, 60), advice }] : [];
  });
}

/** Problems of a name: `openHouse`, `house-migrations.ts`. */
function nameProblems(name) {
  const parts = name
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .split(/[^A-Za-z]+/)
    .map((part) => part.toLowerCase());
  return parts
    .filter((part) => bannedNameParts.has(part))
    .map((part) => ({ rule: 'name', words: name, advice: `"${part}" is no word of this field` }));
}

module.exports = { sentenceProblems, nameProblems };
