import { loopback, originOf } from '@souk/shared/listen-host';
import { readAccounts } from './accounts.js';
import { addressOf, banner, displayOrigin } from './banner.js';
import { SupervisedProcess } from './supervised-process.js';
import { misspelledVariables, readConfig } from './config.js';
import type { LauncherConfig } from './config.js';
import { fillDemo } from './demo/demo.js';
import { requirePort, unusedPorts } from './free-port.js';
import { describeStores, openRuntime } from './runtime.js';
import type { Runtime } from './runtime.js';
import { childProcessesOf, portSpan, portsOf } from './child-processes.js';
import type { PlannedProcess, Ports } from './child-processes.js';
import { recordProcesses } from './process-file.js';
import { run } from './signals.js';
import type { ReadyMessage } from './signals.js';

const gatewayPatienceMs = 1_500;
const othersPatienceMs = 2_000;

/** The distributed topology: one process per subgraph, the gateway and the simulator. */
class Distributed {
  readonly #config: LauncherConfig;
  readonly #runtime: Runtime;
  readonly #ports: Ports;
  readonly #gateway: SupervisedProcess;
  readonly #others: SupervisedProcess[];
  #writing: Promise<void> = Promise.resolve();

  constructor(config: LauncherConfig, runtime: Runtime, ports: Ports) {
    this.#config = config;
    this.#runtime = runtime;
    this.#ports = ports;
    const { gateway, others } = childProcessesOf(config, runtime, ports);
    const part = ({ spec }: PlannedProcess): SupervisedProcess =>
      new SupervisedProcess(spec, report, () => this.#remember());
    this.#gateway = part(gateway);
    this.#others = others.map(part);
  }

  /** Starts all processes and waits until they are ready; the gateway starts last. */
  async start(): Promise<void> {
    process.once('exit', () => this.kill());
    for (const part of this.#others) part.start();
    await Promise.all(this.#others.map((part) => part.ready()));
    this.#gateway.start();
    await this.#gateway.ready();
    const { demo, admin } = this.#runtime;
    await fillDemo(demo, admin, `${originOf(this.#config.host, this.#ports.gateway)}/graphql`, report);
  }

  /** Stops the gateway first, then the processes behind it. */
  async close(): Promise<void> {
    await this.#gateway.stop(gatewayPatienceMs);
    await Promise.all(this.#others.map((part) => part.stop(othersPatienceMs)));
    await this.#writing;
  }

  /** Kills every process at once, for an exit without time to drain. */
  kill(): void {
    for (const part of [this.#gateway, ...this.#others]) part.kill();
  }

  /** Where it can be reached. */
  get addresses(): Omit<ReadyMessage, 'type'> {
    const { gateway, simulator } = this.#ports;
    const simulatorUrl = simulator === null ? null : originOf(this.#config.simulatorHost, simulator);
    return {
      url: originOf(this.#config.host, gateway),
      simulator:
        simulatorUrl === null ? null : { apiUrl: simulatorUrl, controlsUrl: `${simulatorUrl}/_simulator` },
    };
  }

  /** The banner: processes, addresses, accounts. */
  async describe(startedAt: number): Promise<string> {
    const accounts = await readAccounts(this.#config, this.#runtime);
    const { gateway, simulator } = this.#ports;
    return banner({
      address: addressOf(this.#config, gateway),
      parts: [
        ...[this.#gateway, ...this.#others].map((part) => ({ what: part.name, where: part.describe() })),
        ...(simulator === null ? [{ what: 'card payments', where: 'Stripe' }] : []),
        ...describeStores(this.#config, this.#runtime),
      ],
      simulatorPage:
        simulator === null ? null : `${displayOrigin(this.#config.simulatorHost, simulator)}/_simulator`,
      accounts,
      notes: this.#runtime.postgres?.notes ?? [],
      startedInMs: performance.now() - startedAt,
    });
  }

  /** Stores the running process ids, so that the next start can stop them if this launcher is killed. */
  #remember(): void {
    this.#writing = this.#writing
      .then(async () => {
        const running = [this.#gateway, ...this.#others].flatMap(({ name, pid }) =>
          pid === null ? [] : [{ name, pid }],
        );
        await recordProcesses(this.#config.dataDir, running);
      })
      .catch((error: unknown) => report(`Could not write the process list: ${String(error)}`));
  }
}

function report(line: string): void {
  process.stdout.write(`${line}\n`);
}

run(async (teardown) => {
  const startedAt = performance.now();
  const config = readConfig('distributed');
  for (const line of misspelledVariables()) report(line);
  const runtime = await teardown.open(openRuntime(config, report), (opened) => opened.close());
  const ports = portsOf({ ...config, port: config.port === 0 ? await unusedPorts(portSpan) : config.port });
  await requirePorts(config, ports);

  const souk = new Distributed(config, runtime, ports);
  await teardown.add(() => souk.close());
  await souk.start();
  report(await souk.describe(startedAt));
  return souk.addresses;
});

async function requirePorts(
  { host, metrics, simulatorHost }: LauncherConfig,
  { gateway, subgraphs, simulator }: Ports,
): Promise<void> {
  await requirePort(host, gateway, 'PORT');
  if (metrics.port !== null) await requirePort(host, metrics.port, 'METRICS_PORT');
  for (const port of Object.values(subgraphs))
    await requirePort(loopback, port, 'PORT (the subgraphs use the ports after it)');
  if (simulator !== null) await requirePort(simulatorHost, simulator, 'SIMULATOR_PORT');
}
