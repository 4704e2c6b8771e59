import { loopback, originOf } from '@souk/shared/listen-host';
import { subgraphNames } from '@souk/shared/message';
import type { SubgraphName } from '@souk/shared/message';
import type { ProcessSpec } from './supervised-process.js';
import type { LauncherConfig } from './config.js';
import type { Addresses } from './environments.js';
import { gatewayEnvironment, simulatorEnvironment, subgraphEnvironment } from './environments.js';
import type { Runtime } from './runtime.js';

/** The ports of the distributed topology. */
export interface Ports {
  gateway: number;
  /** Null where Stripe itself is used. */
  simulator: number | null;
  subgraphs: Record<SubgraphName, number>;
}

/** Distance from PORT to the simulator's port, where that is not configured. */
const simulatorOffset = 10;
export const portSpan = simulatorOffset + 1;

/** The gateway listens on PORT, the subgraphs on the five ports that follow, the simulator on SIMULATOR_PORT. */
export function portsOf({ port, simulatorPort, stripe }: LauncherConfig): Ports {
  const subgraphs = Object.fromEntries(subgraphNames.map((name, index) => [name, port + 1 + index]));
  return {
    gateway: port,
    simulator: stripe ? null : (simulatorPort ?? port + simulatorOffset),
    subgraphs: subgraphs as Ports['subgraphs'],
  };
}

/** A child process and its port. */
export interface PlannedProcess {
  spec: ProcessSpec;
  port: number;
}

/** All child processes of the distributed topology. */
export interface ChildProcesses {
  gateway: PlannedProcess;
  /** The subgraphs, and the simulator where one runs. */
  others: PlannedProcess[];
}

/** Responses allocate megabytes of short-lived objects. A larger young generation saves a quarter of the CPU time. */
const gatewayFlags = ['--max-semi-space-size=32'];

/** Builds the specification of every child process: entry file, port and environment. */
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
    gateway: processAt({
      name: 'gateway',
      main: '@souk/gateway/main',
      port: ports.gateway,
      origin: addresses.gateway,
      environment: gatewayEnvironment(config, runtime, addresses),
      flags: gatewayFlags,
    }),
    others: [
      ...subgraphNames.map((name) =>
        processAt({
          name,
          main: `@souk/${name}/main`,
          port: ports.subgraphs[name],
          origin: addresses.origins[name],
          environment: subgraphEnvironment(name, config, runtime, addresses),
        }),
      ),
      ...(ports.simulator === null || simulator === null
        ? []
        : [
            processAt({
              name: 'stripe-simulator',
              main: 'souk-stripe-simulator/main',
              port: ports.simulator,
              origin: simulator,
              environment: simulatorEnvironment(config, runtime, { ...addresses, simulator }),
            }),
          ]),
    ],
  };
}

interface ProcessAddress {
  name: string;
  /** Its module. */
  main: string;
  port: number;
  origin: string;
  environment: NodeJS.ProcessEnv;
  /** Flags of Node.js. */
  flags?: readonly string[];
}

function processAt({ name, main, port, origin, environment, flags = [] }: ProcessAddress): PlannedProcess {
  return {
    port,
    spec: {
      name,
      main: require.resolve(main),
      readyUrl: `${origin}/health/ready`,
      environment,
      flags,
    },
  };
}
