import { readGauges } from '@souk/shared/telemetry';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { register } from 'prom-client';
import { parse } from 'yaml';

const root = join(__dirname, '../..');
const folder = 'deploy/observability';
const read = (path: string): string => readFileSync(join(root, path), 'utf8');

interface Dashboard {
  uid: string;
  panels: { title: string; targets: { expr: string; legendFormat: string }[] }[];
}
interface Rules {
  groups: { rules: { alert: string; expr: string; annotations: Record<string, string> }[] }[];
}
interface Service {
  image?: string;
  profiles?: string[];
  environment?: Record<string, string>;
  volumes?: string[];
  ports?: string[];
}
interface Compose {
  services: Record<string, Service>;
  volumes: Record<string, unknown>;
}
interface Scrapes {
  rule_files: string[];
  scrape_configs: { job_name: string; static_configs: { targets: string[] }[] }[];
}

/** A query, with where it stands and the text that shows its labels. */
interface Query {
  where: string;
  expr: string;
  shown: string;
}

const dashboards = readdirSync(join(root, folder, 'grafana/dashboards')).map(
  (name) => JSON.parse(read(`${folder}/grafana/dashboards/${name}`)) as Dashboard,
);
const rules = (parse(read(`${folder}/prometheus/alerts.yml`)) as Rules).groups.flatMap(
  (group) => group.rules,
);
const queries: Query[] = [
  ...dashboards.flatMap(({ uid, panels }) =>
    panels.flatMap(({ title, targets }) =>
      targets.map(({ expr, legendFormat }) => ({
        where: `${uid}: ${title}`,
        expr,
        shown: [...legendFormat.matchAll(/\{\{(\w+)\}\}/g)].map(([, label = '']) => label).join(' '),
      })),
    ),
  ),
  ...rules.map(({ alert, expr, annotations }) => ({
    where: alert,
    expr,
    shown: [
      ...Object.values(annotations)
        .join()
        .matchAll(/\$labels\.(\w+)/g),
    ]
      .map(([, label = '']) => label)
      .join(' '),
  })),
];

// Labels of every Prometheus series.
const everywhere = ['job', 'instance', 'le'];
/** The labels of each metric that the code registers. */
const metrics = new Map<string, readonly string[]>([
  ['up', []],
  ...readGauges.map((name) => [name, ['subgraph']] as const),
  ...(register as unknown as { getMetricsAsArray(): { name: string; type: string; labelNames: string[] }[] })
    .getMetricsAsArray()
    .flatMap(({ name, type, labelNames }) =>
      (type === 'histogram' ? [`${name}_bucket`, `${name}_sum`, `${name}_count`] : [name]).map(
        (series) => [series, labelNames] as const,
      ),
    ),
]);

/** Problems of a query: metrics that are not registered, labels that its metrics do not have. */
function problems({ expr, shown }: Pick<Query, 'expr' | 'shown'>): string[] {
  const named = [...new Set(expr.match(/\b(souk_\w+|up)\b/g) ?? [])];
  const unknown = named.filter((name) => !metrics.has(name));
  const labels = [
    ...[...expr.matchAll(/\{([^}]*)\}/g)].flatMap(([, inside = '']) =>
      [...inside.matchAll(/(\w+)\s*(?:=~|!~|!=|=)/g)].map(([, label = '']) => label),
    ),
    ...[...expr.matchAll(/\bby \(([^)]*)\)/g)].flatMap(([, inside = '']) => inside.split(',')),
    ...shown.split(' '),
  ]
    .map((label) => label.trim())
    .filter(Boolean);
  const known = new Set([...everywhere, ...named.flatMap((name) => metrics.get(name) ?? [])]);
  return [
    ...(named.length === 0 ? ['uses no metric of Souk'] : []),
    ...unknown.map((name) => `${name} is not registered`),
    ...[...new Set(labels)].filter((label) => !known.has(label)).map((label) => `no label ${label}`),
  ];
}

test.each(queries)('the metrics and labels exist: $where', (query) => {
  expect(problems(query)).toEqual([]);
});

test('a missing metric or label is found', () => {
  expect(problems({ expr: 'rate(souk_gateway_requests_total[5m])', shown: '' })).toEqual([
    'souk_gateway_requests_total is not registered',
  ]);
  expect(problems({ expr: 'sum by (colour) (souk_sagas_ended_total{shape="x"})', shown: 'size' })).toEqual([
    'no label shape',
    'no label colour',
    'no label size',
  ]);
  expect(problems({ expr: 'souk_gateway_request_seconds', shown: '' })).not.toEqual([]);
});

test('every metric is on a dashboard', () => {
  const expressions = queries.map(({ expr }) => expr).join('\n');
  const base = (name: string): string => name.replace(/_(bucket|sum|count)$/, '');
  const forgotten = [...metrics.keys()].filter((name) => name !== 'up' && !expressions.includes(base(name)));
  expect(forgotten).toEqual([]);
});

describe('the profile observability of docker-compose.yml', () => {
  const { services, volumes } = parse(read('docker-compose.yml'), { merge: true }) as Compose;
  const profile = Object.entries(services).filter(([, { profiles }]) => profiles?.includes('observability'));

  test('adds its services on loopback, and no Souk service depends on them', () => {
    expect(profile.map(([name]) => name)).toEqual(['prometheus', 'grafana', 'jaeger']);
    for (const [, { image, ports = [] }] of profile) {
      expect(image).toMatch(/:v?\d+\.\d+\.\d+@sha256:[0-9a-f]{64}$/);
      expect(ports.every((port) => port.startsWith('127.0.0.1:'))).toBe(true);
    }
  });

  test('mounts existing files', () => {
    const mounts = profile.flatMap(([, service]) => service.volumes ?? []);
    for (const [source = ''] of mounts.map((mount) => mount.split(':'))) {
      expect(source.startsWith('./') ? existsSync(join(root, source)) : source in volumes).toBe(true);
    }
    expect(existsSync(join(root, folder, 'prometheus/prometheus.yml'))).toBe(true);
  });

  test('Prometheus scrapes every process at its port, and loads the alerts', () => {
    const { rule_files: files, scrape_configs: scrapes } = parse(
      read(`${folder}/prometheus/prometheus.yml`),
    ) as Scrapes;
    const targets = scrapes.flatMap(({ static_configs: groups }) => groups.flatMap((group) => group.targets));
    const parts = ['gateway', 'account', 'catalog', 'order', 'payment', 'social'];
    const portOf = ({ METRICS_PORT: own, PORT: shared = '' }: Record<string, string>): string =>
      own ?? shared;
    expect(targets).toEqual(parts.map((name) => `${name}:${portOf(services[name]?.environment ?? {})}`));
    expect(files).toEqual(['/etc/prometheus/alerts.yml']);
  });

  test('every process exports traces when an endpoint is configured', () => {
    for (const name of ['gateway', 'account', 'catalog', 'order', 'payment', 'social']) {
      expect(services[name]?.environment?.['OTEL_EXPORTER_OTLP_ENDPOINT']).toBe(
        '${OTEL_EXPORTER_OTLP_ENDPOINT:-}',
      );
    }
  });

  test('Grafana has the data sources that the dashboards use', () => {
    const { datasources } = parse(read(`${folder}/grafana/provisioning/datasources/souk.yml`)) as {
      datasources: { uid: string; url: string }[];
    };
    expect(datasources.map(({ uid, url }) => [uid, new URL(url).hostname])).toEqual([
      ['prometheus', 'prometheus'],
      ['jaeger', 'jaeger'],
    ]);
    expect(new Set(dashboards.map(({ uid }) => uid)).size).toBe(dashboards.length);
    expect(JSON.stringify(dashboards).match(/"uid":"prometheus"/g)).not.toBeNull();
  });
});
