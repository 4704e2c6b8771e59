import type { Pages } from './generator.js';

interface PageSummary {
  path: string;
  title: string;
  /** The first sentence of the description. */
  sentence: string;
}

const sections: readonly { title: string; folder: string; isTable: boolean }[] = [
  { title: 'Queries', folder: 'operations/queries/', isTable: true },
  { title: 'Mutations', folder: 'operations/mutations/', isTable: true },
  { title: 'Subscriptions', folder: 'operations/subscriptions/', isTable: true },
  { title: 'Objects', folder: 'types/objects/', isTable: false },
  { title: 'Interfaces', folder: 'types/interfaces/', isTable: false },
  { title: 'Unions', folder: 'types/unions/', isTable: false },
  { title: 'Inputs', folder: 'types/inputs/', isTable: false },
  { title: 'Enums', folder: 'types/enums/', isTable: false },
  { title: 'Scalars', folder: 'types/scalars/', isTable: false },
];

/** The first page: the introduction, then all operations with their first sentences, and all types. */
export function indexPage(introduction: string, pages: Pages): string {
  const lists = sections.flatMap(({ title, folder, isTable }) => {
    const found = [...pages].filter(([path]) => path.startsWith(folder)).map(summaryOf);
    if (found.length === 0) return [];
    return [
      `## ${title}`,
      isTable ? table(found) : found.map(({ title: name, path }) => link(name, path)).join(' · '),
    ];
  });
  return `${[introduction.trim(), ...lists].join('\n\n')}\n`;
}

function table(found: readonly PageSummary[]): string {
  const rows = found.map(({ title, path, sentence }) => `| ${link(title, path)} | ${sentence} |`);
  return ['| operation | what it does |', '|---|---|', ...rows].join('\n');
}

function link(title: string, path: string): string {
  return `[\`${title}\`](${path})`;
}

function summaryOf([path, text]: readonly [string, string]): PageSummary {
  const title = /^# (.+)$/m.exec(text)?.[1] ?? path;
  const description = /^# .+\n\n([\s\S]*?)(?:\n\n|$)/.exec(text)?.[1] ?? '';
  const whole = description.replaceAll(/\s+/g, ' ').trim();
  const first = /^.*?[^.][.:](?= |$)/.exec(whole)?.[0] ?? whole;
  const isMissing = whole.includes('Not implemented yet');
  const sentence = first.replace(/:$/, '.').replaceAll('|', '\\|');
  return {
    path,
    title,
    sentence: isMissing && !first.includes('Not implemented') ? `${sentence} Not implemented yet.` : sentence,
  };
}
