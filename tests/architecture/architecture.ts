import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize, relative, sep } from 'node:path';
import ts from 'typescript';

/** The repository's root. */
export const root = join(__dirname, '../..');

/** A source file and what it imports: paths from the root for ours, package names for others'. */
export interface SourceFile {
  path: string;
  text: string;
  imports: string[];
}

/** A rule of DESIGN.md: what it says, and what in a file breaks it. */
export interface Rule {
  name: string;
  violations(file: SourceFile): string[];
}

const workspaces: Readonly<Record<string, string>> = {
  '@souk/shared': 'shared/src',
  '@souk/gateway': 'gateway/src',
  '@souk/account': 'subgraphs/account/src',
  '@souk/catalog': 'subgraphs/catalog/src',
  '@souk/order': 'subgraphs/order/src',
  '@souk/payment': 'subgraphs/payment/src',
  '@souk/social': 'subgraphs/social/src',
  '@souk/standalone': 'standalone/src',
  '@souk/client': 'client/src',
  '@souk/testing': 'testing/src',
  'souk-stripe-simulator': 'stripe-simulator/src',
};

/** Every source file of the product; tests are not bound by the rules. */
export function productFiles(): SourceFile[] {
  return Object.values(workspaces)
    .flatMap((source) =>
      readdirSync(join(root, source), { recursive: true, encoding: 'utf8' }).map((path) =>
        `${source}/${path}`.split(sep).join('/'),
      ),
    )
    .filter((path) => path.endsWith('.ts') && !path.endsWith('.test.ts'))
    .map((path) => readSource(path, readFileSync(join(root, path), 'utf8')));
}

/** A file as the rules see it; `path` from the root. */
export function readSource(path: string, text: string): SourceFile {
  const { importedFiles } = ts.preProcessFile(text, true, true);
  return { path, text, imports: importedFiles.map(({ fileName }) => resolve(path, fileName)) };
}

function resolve(from: string, specifier: string): string {
  if (specifier.startsWith('.')) {
    const target = normalize(join(dirname(from), specifier))
      .split(sep)
      .join('/');
    return target.replace(/\.js$/, '.ts');
  }
  const workspace = Object.keys(workspaces).find((name) => specifier.startsWith(`${name}/`));
  if (workspace) return `${workspaces[workspace] ?? ''}${specifier.slice(workspace.length)}.ts`;
  return specifier;
}

const isOurs = (path: string): boolean =>
  /^(shared|gateway|subgraphs|standalone|stripe-simulator|client|testing)\//.test(path);
const packageOf = (path: string): string => /^(subgraphs\/[^/]+|[^/]+)/.exec(path)?.[1] ?? path;
const breaks = (file: SourceFile, imported: string): string => `${file.path} imports ${imported}`;

const sharedLayers: Readonly<Record<string, number>> = {
  contracts: 0,
  async: 0,
  replication: 0.5,
  db: 1,
  notifications: 1,
  cache: 1,
  auth: 1,
  queue: 1.5,
  events: 1.7,
  saga: 2,
  graph: 2,
};

function folderInShared(path: string): string {
  const [first = '', second] = relative('shared/src', path).split('/');
  return second === undefined ? '' : first;
}

const rule1: Rule = {
  name: '1. shared imports nothing of ours; inside it, dependencies point downwards: files, contracts and async < replication < db, notifications, cache and auth < queue < events < saga and graph',
  violations: (file) => {
    if (!file.path.startsWith('shared/')) return [];
    const folder = folderInShared(file.path);
    const layer = sharedLayers[folder] ?? 0;
    return file.imports
      .filter(isOurs)
      .filter((imported) => {
        if (!imported.startsWith('shared/')) return true;
        const other = folderInShared(imported);
        if (other === folder) return false;
        const otherLayer = sharedLayers[other] ?? 0;
        return otherLayer > layer || (otherLayer === layer && layer > 0);
      })
      .map((imported) => breaks(file, imported));
  },
};

const rule2: Rule = {
  name: '2. gateway imports shared only',
  violations: (file) =>
    file.path.startsWith('gateway/')
      ? file.imports
          .filter((imported) => isOurs(imported) && !/^(gateway|shared)\//.test(imported))
          .map((imported) => breaks(file, imported))
      : [],
};

const rule3: Rule = {
  name: '3. a subgraph imports shared and itself; the simulator and the client import themselves',
  violations: (file) => {
    const home = packageOf(file.path);
    const isAlone = home === 'stripe-simulator' || home === 'client';
    if (!home.startsWith('subgraphs/') && !isAlone) return [];
    return file.imports
      .filter(isOurs)
      .filter((imported) => packageOf(imported) !== home && (isAlone || !imported.startsWith('shared/')))
      .map((imported) => breaks(file, imported));
  },
};

// From the bottom up. The graph store, the media store and the channels are ports that the rules use, with their adapters; stripe fulfils a port that the
// rules state. Files beside the folders (context, models, database, clients) lie between the rules and their callers.
const layers: Readonly<Record<string, number>> = {
  entities: 1,
  migrations: 1,
  'graph-store': 2,
  'media-store': 2,
  channels: 2,
  domain: 3,
  stripe: 3.5,
  saga: 4,
  resolvers: 6,
  workers: 6,
  http: 6,
};
const rootFiles = 5;
const topFiles: Readonly<Record<string, number>> = { 'app.ts': 7, 'config.ts': 7, 'main.ts': 8 };

function placeInSubgraph(path: string): { folder: string; layer: number } | null {
  const [, , source, first = '', second] = path.split('/');
  if (source !== 'src' || first === 'generated') return null;
  if (second === undefined) return { folder: first, layer: topFiles[first] ?? rootFiles };
  const layer = layers[first];
  if (layer === undefined) throw new Error(`${path} is in a folder that the design does not list.`);
  return { folder: first, layer };
}

const rule4: Rule = {
  name: '4. inside a subgraph dependencies point downwards, and folders of one layer do not import each other',
  violations: (file) => {
    if (!file.path.startsWith('subgraphs/')) return [];
    const place = placeInSubgraph(file.path);
    if (!place) return [];
    return file.imports
      .filter((imported) => packageOf(imported) === packageOf(file.path))
      .filter((imported) => {
        const other = placeInSubgraph(imported);
        if (!other || other.folder === place.folder) return false;
        return other.layer > place.layer || (other.layer === place.layer && place.layer !== rootFiles);
      })
      .map((imported) => breaks(file, imported));
  },
};

const driverHomes: readonly { driver: RegExp; homes: RegExp }[] = [
  { driver: /^stripe$/, homes: /^subgraphs\/payment\/src\/stripe\// },
  { driver: /^(bullmq|@bull-board\/.*)$/, homes: /^shared\/src\/queue\// },
  { driver: /^ioredis$/, homes: /^shared\/src\/(redis\.ts$|(queue|notifications|cache)\/)/ },
  { driver: /^opossum$/, homes: /^shared\/src\/async\/circuit-breaker\.ts$/ },
  { driver: /^@opentelemetry\//, homes: /^shared\/src\/tracing(-sdk)?\.ts$/ },
  { driver: /^nodemailer$/, homes: /^subgraphs\/social\/src\/channels\// },
  { driver: /^liquidjs$/, homes: /^subgraphs\/social\/src\/domain\/notification\/template-engine\.ts$/ },
  { driver: /^neo4j-driver$/, homes: /^subgraphs\/social\/src\/graph-store\// },
  {
    driver: /^graphql$/,
    homes:
      /^(shared\/src\/graph|gateway\/src|subgraphs\/[^/]+\/src\/generated)\/|^testing\/src\/test-client\.ts$/,
  },
  { driver: /^aws4fetch$/, homes: /^subgraphs\/catalog\/src\/media-store\// },
  { driver: /^sharp$/, homes: /^subgraphs\/catalog\/src\/domain\/image\/image-renderer\.ts$/ },
];

const rule5: Rule = {
  name: '5. a driver has one home; the environment is read in config.ts only',
  violations: (file) => [
    ...file.imports
      .filter((imported) =>
        driverHomes.some(({ driver, homes }) => driver.test(imported) && !homes.test(file.path)),
      )
      .map((imported) => breaks(file, imported)),
    ...(/process\.env\b|process\[['"]env/.test(file.text) && !file.path.endsWith('/config.ts')
      ? [`${file.path} reads the environment`]
      : []),
  ],
};

const opensConnections = /\b(openDataSource|connectQueues|runSubgraph)\b/;
const mayOpen = /^(standalone\/|shared\/src\/|(gateway|subgraphs\/[^/]+)\/src\/main\.ts$)/;
const mayImportApp = /^(standalone\/|subgraphs\/[^/]+\/src\/main\.ts$)/;

const rule6: Rule = {
  name: "6. only main.ts and standalone open connections, and only they import a subgraph's app.ts",
  violations: (file) => [
    ...(opensConnections.test(file.text) && !mayOpen.test(file.path)
      ? [`${file.path} opens a connection`]
      : []),
    ...file.imports
      .filter(
        (imported) => /^subgraphs\/[^/]+\/src\/app\.ts$/.test(imported) && !mayImportApp.test(file.path),
      )
      .map((imported) => breaks(file, imported)),
  ],
};

/** Folders inside `domain/`, by subgraph. A file may import its own folder and lower levels; '' is the files beside them. */
const domainLevels: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  account: {
    '': 0,
    setting: 1,
    audit: 1,
    email: 1,
    identity: 2,
    factor: 3,
    session: 4,
    partner: 3,
    issuer: 5,
    administration: 5,
    deletion: 6,
  },
  catalog: {
    '': 0,
    venue: 1,
    search: 1,
    seat: 1,
    image: 1,
    listing: 2,
    offer: 3,
    stock: 4,
    reservation: 5,
    import: 5,
    deletion: 6,
  },
  order: {
    '': 0,
    purchase: 1,
    cart: 2,
    order: 2,
    token: 3,
    shipment: 3,
    ticket: 3,
    refund: 4,
    cancellation: 5,
    statistics: 5,
    deletion: 6,
  },
  payment: { '': 0, ledger: 1, provider: 1, refund: 2, payment: 3, reconciliation: 4, deletion: 5 },
  social: {
    '': 0,
    notification: 1,
    feed: 1,
    recommendation: 1,
    review: 1,
    follow: 2,
    purchase: 2,
    wishlist: 2,
    deletion: 3,
  },
};

function placeInDomain(path: string): { folder: string; level: number } | null {
  const [, subgraph = '', source, top, first = '', second] = path.split('/');
  if (source !== 'src' || top !== 'domain') return null;
  const folder = second === undefined ? '' : first;
  const level = folder === '' ? 0 : domainLevels[subgraph]?.[folder];
  if (level === undefined) throw new Error(`${path}: domainLevels does not list the folder ${folder}.`);
  return { folder, level };
}

const rule7: Rule = {
  name: '7. inside domain/, a folder imports itself and folders on lower levels',
  violations: (file) => {
    if (!file.path.startsWith('subgraphs/')) return [];
    const place = placeInDomain(file.path);
    if (!place) return [];
    return file.imports
      .filter((imported) => packageOf(imported) === packageOf(file.path))
      .filter((imported) => {
        const other = placeInDomain(imported);
        return other !== null && other.folder !== place.folder && other.level >= place.level;
      })
      .map((imported) => breaks(file, imported));
  },
};

/** Folders of the gateway, and the files beside them. A file may import its own folder and lower levels. */
const gatewayLevels: Readonly<Record<string, number>> = {
  types: 0,
  supergraph: 1,
  access: 2,
  cache: 2,
  limits: 2,
  subgraph: 2,
  execution: 3,
  http: 4,
  subscriptions: 5,
  'config.ts': 6,
  'compose.ts': 6,
  'schema-diff.ts': 6,
  'options.ts': 7,
  'app.ts': 8,
  'main.ts': 9,
};

function placeInGateway(path: string): { folder: string; level: number } {
  const [folder = ''] = path.split('/').slice(2);
  const level = gatewayLevels[folder];
  if (level === undefined) throw new Error(`${path}: gatewayLevels does not list ${folder}.`);
  return { folder, level };
}

const rule8: Rule = {
  name: '8. inside the gateway, a folder imports itself and folders on lower levels',
  violations: (file) => {
    if (!file.path.startsWith('gateway/src/')) return [];
    const place = placeInGateway(file.path);
    return file.imports
      .filter((imported) => imported.startsWith('gateway/src/'))
      .filter((imported) => {
        const other = placeInGateway(imported);
        return other.folder !== place.folder && other.level >= place.level;
      })
      .map((imported) => breaks(file, imported));
  },
};

/** Import cycles between files, type imports included. Each cycle is a list of paths that begins and ends with one file. */
export function importCycles(sources: readonly SourceFile[]): string[][] {
  const byPath = new Map(sources.map((file) => [file.path, file]));
  const done = new Set<string>();
  const cycles: string[][] = [];
  const visit = (path: string, above: readonly string[]): void => {
    const start = above.indexOf(path);
    if (start !== -1) cycles.push([...above.slice(start), path]);
    if (start !== -1 || done.has(path)) return;
    for (const imported of byPath.get(path)?.imports ?? []) visit(imported, [...above, path]);
    done.add(path);
  };
  for (const { path } of sources) visit(path, []);
  return cycles;
}

const mayTestingImport = /^(testing|client|stripe-simulator|standalone)\/|^shared\/src\/system-setting\.ts$/;
/** Loaded into the test's process by any runner: test runners, and modules that only some of them can load. */
const notInTests = /^(@?jest\b|vitest|node:test|get-port$)/;

const rule9: Rule = {
  name: '9. the test kit imports the client, the simulator, standalone and the type of system settings, and no test runner; nothing imports the test kit',
  violations: (file) =>
    file.imports
      .filter((imported) =>
        file.path.startsWith('testing/')
          ? (isOurs(imported) && !mayTestingImport.test(imported)) || notInTests.test(imported)
          : imported.startsWith('testing/') || imported.startsWith('@souk/testing'),
      )
      .map((imported) => breaks(file, imported)),
};

/** The import rules. */
export const rules: readonly Rule[] = [rule1, rule2, rule3, rule4, rule5, rule6, rule7, rule8, rule9];
