import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'yaml';

// Third-party code: actions and images are pinned by digest, dependencies listed and compared with advisories.

const root = join(__dirname, '../..');
const read = (path: string): string => readFileSync(join(root, path), 'utf8');

/** Images without a digest, with the reason. */
const unpinned: Readonly<Record<string, string>> = {
  'souk:latest': 'built from this repository by the same file',
};

interface Workflow {
  permissions?: Record<string, string> | string;
  jobs: Record<
    string,
    { permissions?: object; container?: string; steps: { uses?: string; with?: Record<string, unknown> }[] }
  >;
}
const workflows = readdirSync(join(root, '.github/workflows')).map((name) => ({
  name,
  text: read(`.github/workflows/${name}`),
  workflow: parse(read(`.github/workflows/${name}`)) as Workflow,
}));

/** The images that a Dockerfile begins from, with the values of its arguments. */
function baseImages(dockerfile: string): string[] {
  const args = new Map(
    [...dockerfile.matchAll(/^ARG (\w+)=(\S+)$/gm)].map(([, name = '', value = '']) => [name, value]),
  );
  const stages = new Set([...dockerfile.matchAll(/^FROM \S+ AS (\S+)$/gim)].map(([, name]) => name));
  return [...dockerfile.matchAll(/^FROM (?:--platform=\S+ )?(\S+)/gim)]
    .map(([, image = '']) => image.replace(/\$\{?(\w+)\}?/, (_, name: string) => args.get(name) ?? ''))
    .filter((image) => !stages.has(image));
}

const isPinnedImage = (image: string): boolean =>
  /^[^@\s]+:[^@\s]+@sha256:[0-9a-f]{64}$/.test(image) || image in unpinned;
const isPinnedAction = (line: string): boolean =>
  /uses: (\.\/\S+|[\w.-]+\/[\w./-]+@[0-9a-f]{40} # v\d+(\.\d+)*)$/.test(line);

const compose = parse(read('docker-compose.yml'), { merge: true }) as {
  services: Record<string, { image: string }>;
};

interface Lock {
  packages: Record<string, { version?: string; dependencies?: Record<string, string>; link?: boolean }>;
}
const nameOf = (path: string): string => path.replace(/^.*node_modules\//, '');

/** Our packages' production dependencies that a list lacks, and listed packages that are not installed. */
function staleEntries({ packages }: Lock, listed: ReadonlySet<string>): string[] {
  const installed = new Set(
    Object.entries(packages).flatMap(([path, { version, link }]) =>
      path.includes('node_modules/') && !link ? [`${nameOf(path)}@${version}`] : [],
    ),
  );
  const isTool = (path: string): boolean => ['', 'testing', 'tests', 'bench', 'reference'].includes(path);
  const needed = Object.entries(packages).flatMap(([path, { dependencies = {} }]) =>
    isTool(path) || path.includes('node_modules/')
      ? []
      : Object.keys(dependencies).flatMap((name) => {
          const own = packages[`${path}/node_modules/${name}`] ?? packages[`node_modules/${name}`];
          return own?.version && !own.link ? [`${name}@${own.version}`] : [];
        }),
  );
  const isOurs = (entry: string): boolean => /^(@souk\/|souk)/.test(entry);
  return [
    ...needed.filter((entry) => !listed.has(entry)),
    ...[...listed].filter((entry) => !isOurs(entry) && !installed.has(entry)),
  ];
}

describe('third-party code', () => {
  test('sbom.cdx.json lists the production dependencies in their locked versions', () => {
    const lock = JSON.parse(read('package-lock.json')) as Lock;
    const { components } = JSON.parse(read('sbom.cdx.json')) as { components: { 'bom-ref': string }[] };
    const listed = new Set(components.map((component) => component['bom-ref']));
    expect(staleEntries(lock, listed)).toEqual([]);
    // Planted: a dependency that is not listed, and one that is listed in an old version.
    const planted = new Set([...listed, 'bullmq@1.0.0'].filter((entry) => !entry.startsWith('typeorm@')));
    const stale = new Set(staleEntries(lock, planted));
    expect([...stale]).toEqual([expect.stringMatching(/^typeorm@/), 'bullmq@1.0.0']);
  });

  test('every image has a tag and a digest, or a reason in the list', () => {
    const images = [
      ...Object.values(compose.services).map(({ image }) => image),
      ...baseImages(read('Dockerfile')),
      ...workflows.flatMap(({ workflow }) =>
        Object.values(workflow.jobs).flatMap(({ container = [] }) => container),
      ),
    ];
    expect(images.filter((image) => !isPinnedImage(image))).toEqual([]);
    expect(images.length).toBeGreaterThan(Object.keys(compose.services).length);
    expect(Object.keys(unpinned).filter((image) => !images.includes(image))).toEqual([]);
  });

  test('an image without a digest is found', () => {
    expect(
      ['postgres:18', 'postgres', `postgres@sha256:${'a'.repeat(64)}`, 'x:1@sha256:12'].filter(isPinnedImage),
    ).toEqual([]);
    expect(baseImages('ARG BASE=node:24\nFROM ${BASE} AS build\nFROM build\nFROM alpine:3 AS last')).toEqual([
      'node:24',
      'alpine:3',
    ]);
  });

  test('every action is pinned to a commit, with its release in a comment', () => {
    for (const { text } of workflows) {
      const uses = text.split('\n').filter((line) => /\buses:/.test(line));
      expect(uses.length).toBeGreaterThan(0);
      expect(uses.filter((line) => !isPinnedAction(line))).toEqual([]);
    }
    expect(
      ['      - uses: actions/checkout@v4', `uses: a/b@${'a'.repeat(40)}`].filter(isPinnedAction),
    ).toEqual([]);
  });

  test('continuous integration may read the repository, and nothing more', () => {
    for (const { workflow } of workflows) {
      expect(workflow.permissions).toEqual({ contents: 'read' });
      for (const job of Object.values(workflow.jobs)) {
        expect(job.permissions).toBeUndefined();
        for (const step of job.steps)
          if (step.uses?.startsWith('actions/checkout@'))
            expect(step.with?.['persist-credentials']).toBe(false);
      }
    }
  });

  test('no secret of this directory is copied into an image', () => {
    const ignored = read('.dockerignore').split('\n');
    for (const pattern of ['**/.env', '**/.env.*', '**/*.pem', '.git', '.souk'])
      expect(ignored).toContain(pattern);
  });
});

describe('.ci/dependencies', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'souk-npm-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  /** Runs it with an npm that answers `audit` by a script. */
  function run(audit: string): { status: number | null; output: string; seconds: number } {
    const npm = join(folder, 'npm');
    writeFileSync(
      npm,
      `#!/bin/sh\nif [ "$1" = sbom ]; then echo '{"bomFormat":"CycloneDX"}'; exit 0; fi\nif [ "$1" = install ]; then exit 0; fi\n${audit}\n`,
    );
    chmodSync(npm, 0o755);
    const begun = performance.now();
    const { status, stdout, stderr } = spawnSync('bash', [join(root, '.ci/dependencies')], {
      env: {
        PATH: `${folder}:${process.env['PATH'] ?? ''}`,
        SBOM_FILE: join(folder, 'sbom.json'),
        AUDIT_SECONDS: '1',
      },
      encoding: 'utf8',
    });
    return { status, output: `${stdout}${stderr}`, seconds: (performance.now() - begun) / 1_000 };
  }

  const report = (severity: string): string =>
    JSON.stringify({
      vulnerabilities: {
        left: { name: 'left', severity, range: '<2', via: [{ title: 'Runs what it is given' }] },
      },
      metadata: { vulnerabilities: { total: 1 } },
    });

  test('fails for an advisory that is high or critical, and names it', () => {
    for (const severity of ['high', 'critical']) {
      const { status, output } = run(`echo '${report(severity)}'; exit 1`);
      expect([status, output]).toEqual([
        1,
        expect.stringContaining(`${severity}: left <2: Runs what it is given`),
      ]);
    }
  });

  test('passes for lesser ones, and writes the list of dependencies', () => {
    const { status, output } = run(`echo '${report('moderate')}'; exit 1`);
    expect([status, output]).toEqual([0, 'Known advisories: 0 high or critical, 1 in all.\n']);
    expect(JSON.parse(readFileSync(join(folder, 'sbom.json'), 'utf8'))).toEqual({ bomFormat: 'CycloneDX' });
  });

  test('passes with a note where the registry has no advisories or does not respond', () => {
    const refused = run(`echo '{"message":"405 Method Not Allowed"}'; exit 1`);
    expect([refused.status, refused.output]).toEqual([
      0,
      'Dependencies were NOT compared with known advisories: the registry offers none (405 Method Not Allowed).\n',
    ]);
    const silent = run('exec sleep 60');
    expect([silent.status, silent.output]).toEqual([0, expect.stringContaining('NOT compared')]);
    expect(silent.seconds).toBeLessThan(20);
  });
});
