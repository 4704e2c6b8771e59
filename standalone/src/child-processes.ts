import path from 'node:path';
import { loopback, originOf } from '@souk/shared/listen-host';
import { subgraphNames } from '@souk/shared/message';
import type { SubgraphName } from '@souk/shared/message';
import type { ProcessSpec } from './supervised-process.js';
import type { LauncherConfig } from './config.js';
import type { Addresses } from './environments.js';
import { gatewayEnvironment, simulatorEnvironment, subgraphEnvironment } from './environments.js';
import type { Runtime } from './runtime.js';

/** The ports of Souk in many processes. */
export interface Ports {
  gateway: number;
  /** Null where Stripe itself is used. */
  simulator: number | null;
  subgraphs: Record<SubgraphName, number>;
}

/** The gateway at PORT, the subgraphs at the five that follow, the simulator at its own. */
export function portsOf({ port, simulatorPort, stripe }: LauncherConfig): Ports {
  const nextSimulatorPort = port === 0 ? 0 : port + 10;
  const subgraphs = Object.fromEntries(subgraphNames.map((name, index) => [name, port + 1 + index]));
  return {
    gateway: port,
    simulator: stripe ? null : (simulatorPort ?? nextSimulatorPort),
    subgraphs: subgraphs as Ports['subgraphs'],
  };
}

/** A process of a distributed Souk and its port. */
export interface PlannedProcess {
  spec: ProcessSpec;
  port: number;
}

/** The processes of a distributed Souk. */
export interface ChildProcesses {
  gateway: PlannedProcess;
  /** What the gateway leads to: the subgraphs, and the simulator where one runs. */
  others: PlannedProcess[];
}

/** Answers are made and forgotten by the megabyte: with room for them, collecting them costs a quarter less of all time. */
const gatewayFlags = ['--max-semi-space-size=32'];

const root = path.join(__dirname, '..', '..');

/** What is to be run, where, and with which environment. */
export function childProcessesOf(config: LauncherConfig, runtime: Runtime, ports: Ports): ChildProcesses {
  const origins = Object.fromEntries(
    subgraphNames.map((name) => [name, originOf(loopback, ports.subgraphs[name])]),
  );
  const addresses: Addresses = {
    origins: origins as Addresses['origins'],
    gateway: originOf(config.host, ports.gateway),
    simulator: ports.simulator === null ? null : originOf(config.simulatorHost, ports.simulator),
  };
  const { simulator } = addresses;
  return {
    gateway: processAt(
      'gateway',
      'gateway',
      ports.gateway,
      addresses.gateway,
      gatewayEnvironment(config, runtime, addresses),
      gatewayFlags,
    ),
    others: [
      ...subgraphNames.map((name) =>
        processAt(
          name,
          `subgraphs/${name}`,
          ports.subgraphs[name],
          addresses.origins[name],
          subgraphEnvironment(name, config, runtime, addresses),
        ),
      ),
      ...(ports.simulator === null || simulator === null
        ? []
        : [
            processAt(
              'stripe-simulator',
              'stripe-simulator',
              ports.simulator,
              simulator,
              simulatorEnvironment(config, runtime, { ...addresses, simulator }),
            ),
          ]),
    ],
  };
}

function processAt(
  name: string,
  folder: string,
  port: number,
  origin: string,
  environment: NodeJS.ProcessEnv,
  flags: readonly string[] = [],
): PlannedProcess {
  return {
    port,
    spec: {
      name,
      main: path.join(root, folder, 'dist', 'main.js'),
      readyUrl: `${origin}/health/ready`,
      environment,
      flags,
    },
  };
}
