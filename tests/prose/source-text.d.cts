/** The comments of a TypeScript source, each as one text without its marks, with its line. */
export function commentsOf(path: string, text: string): { line: number; text: string; isLine: boolean }[];
/** The names that a source exports, with their lines. */
export function exportedNames(path: string, text: string): { line: number; name: string }[];
/** The prose of a Markdown page: its lines without code. */
export function proseOf(text: string): { line: number; text: string }[];
