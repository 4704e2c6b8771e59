import type { SettingKey } from '@souk/shared/system-setting';
import { dataDirIn, outputFileIn } from './clear-up.js';
import { OutputFile } from './output-file.js';
import type { SoukAddresses } from './souk-connection.js';
import { SoukConnection } from './souk-connection.js';
import type { StartOptions } from './start-options.js';
import { administratorOf, environmentOf } from './start-options.js';
import type { Report, Topology } from './supervisor-messages.js';
import { SupervisorProcess } from './supervisor-process.js';
import { until } from './until.js';

/** Long enough for a busy machine. */
const startDeadlineMs = 180_000;
const killDeadlineMs = 10_000;
const attempts = 3;
/** Another program took a free port before Souk listened on it. */
const portTaken = /EADDRINUSE|is taken by another program/;
const oldestNode = [20, 19] as const;

type Started = Extract<Report, { type: 'started' }>;

/** The parts of a Souk that a test has started. */
interface StartedParts {
  topology: Topology;
  supervisor: SupervisorProcess;
  started: Started;
  output: OutputFile;
}

/** A Souk that a test has started: call `stop` at the end, or declare it with `await using`. */
export class TestSouk extends SoukConnection {
  readonly topology: Topology;
  readonly #supervisor: SupervisorProcess;
  readonly #output: OutputFile;
  #started: Started;
  #stopping: Promise<void> | null = null;

  constructor(addresses: SoukAddresses, { topology, supervisor, started, output }: StartedParts) {
    super(addresses);
    this.topology = topology;
    this.#supervisor = supervisor;
    this.#started = started;
    this.#output = output;
  }

  /** The id of Souk's process; in the distributed topology, of the launcher. */
  get pid(): number {
    return this.#started.pid;
  }

  /** The gateway's port. */
  get port(): number {
    return Number(new URL(this.url).port);
  }

  /** The directory of Souk's data. It is removed at the end. */
  get dataDir(): string {
    return dataDirIn(this.#started.directory);
  }

  /** The output of Souk so far, with its log; also after `stop`. */
  output(): string {
    return this.#output.read();
  }

  /** Kills Souk's process (SIGKILL), as a crash would. The processes that it started survive until `restart` or `stop`. */
  async kill(): Promise<void> {
    this.#supervisor.send({ type: 'kill' });
    await this.#supervisor.report('ended', killDeadlineMs);
  }

  /** Stops Souk, unless it was killed, and starts it again on the same data and ports. @throws with Souk's output */
  async restart(): Promise<void> {
    this.#supervisor.send({ type: 'restart' });
    this.#started = await hasStarted(this.#supervisor);
    await isUp(this.#supervisor, this.#output);
  }

  /** Stops Souk and everything that it started, and removes its data. Later calls wait for the first. */
  stop(): Promise<void> {
    this.#stopping ??= this.#supervisor.stop().finally(() => this.#output.close());
    return this.#stopping;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.stop();
  }
}

/**
 * Starts a Souk with a database of its own on free ports, and waits until it is ready. It ends with the test's process,
 * however that ends.
 * @throws with Souk's output if it does not start
 */
export async function startSouk(options: StartOptions = {}): Promise<TestSouk> {
  requireNode(process.versions.node);
  const environment = environmentOf(options);
  for (let attempt = 1; ; attempt += 1) {
    const supervisor = new SupervisorProcess();
    try {
      return await launch(supervisor, options, environment);
    } catch (error) {
      await supervisor.stop();
      const mayRetry = options.port === undefined && attempt < attempts && portTaken.test(String(error));
      if (!mayRetry) throw error;
    }
  }
}

async function launch(
  supervisor: SupervisorProcess,
  { topology = 'standalone', settings = {} }: StartOptions,
  environment: Record<string, string>,
): Promise<TestSouk> {
  supervisor.send({ type: 'start', topology, environment });
  const started = await hasStarted(supervisor);
  const output = new OutputFile(outputFileIn(started.directory));
  try {
    const { url, simulator } = await isUp(supervisor, output);
    const addresses = { url, simulator, administrator: administratorOf(environment) };
    const souk = new TestSouk(addresses, { topology, supervisor, started, output });
    for (const [key, value] of Object.entries(settings))
      await souk.setSystemSetting(key as SettingKey, value as never);
    return souk;
  } catch (error) {
    output.close();
    throw error;
  }
}

async function hasStarted(supervisor: SupervisorProcess): Promise<Started> {
  const started = await supervisor.report('started', startDeadlineMs);
  if (!started) throw new Error('The process that supervises Souk has ended.');
  return started;
}

/** Waits until Souk is ready. @throws with its output */
async function isUp(
  supervisor: SupervisorProcess,
  output: OutputFile,
): Promise<Pick<SoukAddresses, 'url' | 'simulator'>> {
  const ready = await supervisor.report('ready', startDeadlineMs);
  if (!ready) throw new Error(`Souk has not become ready. Its output:\n${output.read().trim()}`);
  await until('Souk is ready', () => isReady(ready.url), startDeadlineMs);
  return ready;
}

async function isReady(url: string): Promise<boolean> {
  try {
    const response = await fetch(`${url}/health/ready`, { signal: AbortSignal.timeout(2_000) });
    await response.body?.cancel();
    return response.ok;
  } catch {
    return false;
  }
}

/** @throws if this version of Node cannot run Souk */
function requireNode(version: string): void {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const [oldestMajor, oldestMinor] = oldestNode;
  if (major < oldestMajor || (major === oldestMajor && minor < oldestMinor))
    throw new Error(`Souk needs Node.js ${oldestNode.join('.')} or newer; this is ${version}.`);
}
