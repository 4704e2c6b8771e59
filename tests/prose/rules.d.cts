/** A problem of a sentence or a name: its rule, the words, and what to write instead. */
export interface ProseProblem {
  rule: string;
  words: string;
  advice: string;
}
/** Problems of one sentence or comment. */
export function sentenceProblems(text: string): ProseProblem[];
/** Problems of a file's or an export's name. */
export function nameProblems(name: string): ProseProblem[];
