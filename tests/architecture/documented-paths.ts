import { posix } from 'node:path';

const inlineCode = /`([^`\n]+)`/g;
const link = /\]\(([^)#\s]+)(?:#[^)]*)?\)/g;
const fence = /```\w*\n[\s\S]*?```/g;
/** A path: words with slashes or a known ending. `*` and `<name>` stand for any name. */
const pathLike = /^(?:[\w.*@-]|<\w+>)+(?:\/(?:[\w.*@-]|<\w+>)+)*\/?$/;
const sourceEnding = /\.(ts|cjs|mjs|graphql|md|ya?ml|sh|go)$/;
/** In a block with the layout of folders: the first word of a line, if it is a folder. */
const layoutLine = /^([\w<>-]+\/(?:[\w<>*-]+\/)*) {2}/gm;

/**
 * Paths that a Markdown page names and the repository does not have. Code names a path if it begins with a folder of the
 * root or ends as a source file does; it may be relative to the page or a unique ending (`workers/commands.ts`).
 * @param page path of the page, from the root
 * @param files all paths of the repository
 */
export function missingPaths(page: string, text: string, files: readonly string[]): string[] {
  const folders = foldersOf(files);
  const topLevel = new Set([...folders].filter((path) => !path.includes('/')));
  const blocks = [...text.matchAll(fence)].map(([block]) => block);
  const prose = text.replaceAll(fence, '');
  const inCode = [...prose.matchAll(inlineCode)]
    .map(([, code = '']) => code)
    .filter((code) => pathLike.test(code) && !code.startsWith('@') && !code.startsWith('*'))
    .filter((code) =>
      topLevel.has(code.split('/')[0] ?? '') ? code.includes('/') : sourceEnding.test(code),
    );
  const links = [...prose.matchAll(link)]
    .map(([, target = '']) => target)
    .filter((target) => !/^\w+:/.test(target));
  const layout = blocks.flatMap((block) => [...block.matchAll(layoutLine)].map(([, path = '']) => path));
  const exists = (path: string, isLink: boolean): boolean => {
    const here = posix.join(posix.dirname(page), path);
    return has(here, files, folders) || (!isLink && (has(path, files, folders) || endsWith(path, files)));
  };
  return [
    ...[...inCode, ...layout].filter((path) => !exists(path, false)),
    ...links.filter((path) => !exists(path, true)),
  ];
}

function foldersOf(files: readonly string[]): Set<string> {
  const folders = new Set<string>();
  for (const file of files) {
    for (let folder = posix.dirname(file); folder !== '.'; folder = posix.dirname(folder))
      folders.add(folder);
  }
  return folders;
}

function has(path: string, files: readonly string[], folders: ReadonlySet<string>): boolean {
  const wanted = matcherOf('^', path);
  return files.some((file) => wanted.test(file)) || [...folders].some((folder) => wanted.test(folder));
}

function endsWith(path: string, files: readonly string[]): boolean {
  const wanted = matcherOf('(^|/)', path);
  return files.some((file) => wanted.test(file));
}

function matcherOf(start: string, path: string): RegExp {
  const pattern = path
    .replace(/\/$/, '')
    .replace(/[.+?^${}()|[\]\\]/g, '\\$&')
    .replace(/<\w+>|\*/g, '[^/]+');
  return new RegExp(`${start}${pattern}$`);
}
