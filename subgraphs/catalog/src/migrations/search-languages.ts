/** A language whose words PostgreSQL 18 can stem. */
interface StemmedLanguage {
  /** ISO 639-1. */
  code: string;
  /** PostgreSQL's name of its configuration, dictionary and stop words. */
  name: string;
  /** Whether PostgreSQL has stop words of it. */
  hasStopWords: boolean;
}

/** The languages that have a text search configuration; all others are matched word by word. */
export const stemmedLanguages: readonly StemmedLanguage[] = [
  ...[
    ['da', 'danish'],
    ['de', 'german'],
    ['en', 'english'],
    ['es', 'spanish'],
    ['fi', 'finnish'],
    ['fr', 'french'],
    ['hu', 'hungarian'],
    ['it', 'italian'],
    ['ne', 'nepali'],
    ['nl', 'dutch'],
    ['no', 'norwegian'],
    ['pt', 'portuguese'],
    ['ru', 'russian'],
    ['sv', 'swedish'],
    ['tr', 'turkish'],
  ].map(([code = '', name = '']) => ({ code, name, hasStopWords: true })),
  ...[
    ['ar', 'arabic'],
    ['ca', 'catalan'],
    ['el', 'greek'],
    ['et', 'estonian'],
    ['eu', 'basque'],
    ['ga', 'irish'],
    ['hi', 'hindi'],
    ['hy', 'armenian'],
    ['id', 'indonesian'],
    ['lt', 'lithuanian'],
    ['ro', 'romanian'],
    ['sr', 'serbian'],
    ['ta', 'tamil'],
    ['yi', 'yiddish'],
  ].map(([code = '', name = '']) => ({ code, name, hasStopWords: false })),
];

const tokens =
  'asciiword, word, numword, asciihword, hword, numhword, hword_asciipart, hword_part, hword_numpart';

/** Statements that create the configurations `souk_<code>` and `souk_simple`, which ignore accents. */
export const createConfigurations: readonly string[] = [
  'CREATE TEXT SEARCH CONFIGURATION souk_simple (COPY = simple)',
  `ALTER TEXT SEARCH CONFIGURATION souk_simple ALTER MAPPING FOR ${tokens} WITH unaccent, simple`,
  ...stemmedLanguages.flatMap(({ code, name, hasStopWords }) => [
    // Stop words are written with their accents, so they are removed before the accents are.
    ...(hasStopWords
      ? [
          `CREATE TEXT SEARCH DICTIONARY souk_stop_${code} (TEMPLATE = simple, STOPWORDS = ${name}, ACCEPT = false)`,
        ]
      : []),
    `CREATE TEXT SEARCH CONFIGURATION souk_${code} (COPY = ${name})`,
    `ALTER TEXT SEARCH CONFIGURATION souk_${code} ALTER MAPPING FOR ${tokens}
       WITH ${hasStopWords ? `souk_stop_${code}, ` : ''}unaccent, ${name}_stem`,
  ]),
  `CREATE FUNCTION search_configuration(language text) RETURNS regconfig
     LANGUAGE sql IMMUTABLE PARALLEL SAFE RETURN CASE split_part(language, '-', 1)
       ${stemmedLanguages.map(({ code }) => `WHEN '${code}' THEN 'souk_${code}'::regconfig`).join('\n       ')}
       ELSE 'souk_simple'::regconfig END`,
];

/** Statements that remove them. */
export const dropConfigurations: readonly string[] = [
  'DROP FUNCTION search_configuration',
  ...stemmedLanguages.flatMap(({ code, hasStopWords }) => [
    `DROP TEXT SEARCH CONFIGURATION souk_${code}`,
    ...(hasStopWords ? [`DROP TEXT SEARCH DICTIONARY souk_stop_${code}`] : []),
  ]),
  'DROP TEXT SEARCH CONFIGURATION souk_simple',
];
