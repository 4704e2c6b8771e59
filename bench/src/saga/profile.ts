import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';

/** A CPU profile as V8 writes it: as far as it is read here. */
interface CpuProfile {
  nodes: { id: number; callFrame: { functionName: string; url: string; lineNumber: number } }[];
  samples: number[];
  timeDeltas: number[];
}

const shownFunctions = 15;
const shownPlaces = 12;

/** The profiles in a directory, summed up as Markdown: where the time goes by package, and by function. */
export async function summaryOf(directory: string): Promise<string> {
  const byPlace = new Map<string, number>();
  const byFunction = new Map<string, number>();
  let total = 0;
  for (const name of await readdir(directory)) {
    const profile = JSON.parse(await readFile(path.join(directory, name), 'utf8')) as CpuProfile;
    const frames = new Map(profile.nodes.map((node) => [node.id, node.callFrame]));
    profile.samples.forEach((id, index) => {
      const frame = frames.get(id);
      if (!frame || frame.functionName === '(idle)') return;
      const spent = profile.timeDeltas[index] ?? 0;
      const place = placeOf(frame.functionName, frame.url);
      total += spent;
      add(byPlace, place, spent);
      add(byFunction, `${frame.functionName || '(anonymous)'}, ${place}`, spent);
    });
  }
  return [
    `Of ${(total / 1_000_000).toFixed(1)} s at work, self time:`,
    '',
    ...share('where', byPlace, total, shownPlaces),
    '',
    ...share('function', byFunction, total, shownFunctions),
  ].join('\n');
}

function share(what: string, spent: ReadonlyMap<string, number>, total: number, shown: number): string[] {
  const rows = [...spent]
    .sort(([, a], [, b]) => b - a)
    .slice(0, shown)
    .map(([name, time]) => `| ${name} | ${((time / total) * 100).toFixed(1)} % |`);
  return [`| ${what} | share |`, '| --- | --- |', ...rows];
}

/** A package, a part of Node or of the engine, or a file of ours. */
function placeOf(functionName: string, url: string): string {
  if (url === '') return functionName.startsWith('(') ? functionName : 'native';
  if (url.startsWith('node:')) return url.split('/').slice(0, 2).join('/');
  const [, inPackage] = /.*\/node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(url) ?? [];
  if (inPackage !== undefined) return inPackage;
  return url
    .split('/')
    .slice(-4)
    .join('/')
    .replace(/^.*dist\//, '');
}

function add(sums: Map<string, number>, name: string, value: number): void {
  sums.set(name, (sums.get(name) ?? 0) + value);
}
