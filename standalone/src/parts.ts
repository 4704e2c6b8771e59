import path from 'node:path';
import { loopback, originOf } from '@souk/shared/listen-host';
import { subgraphNames } from '@souk/shared/message';
import type { SubgraphName } from '@souk/shared/message';
import type { PartSpec } from './child-process.js';
import type { HouseConfig } from './config.js';
import type { Addresses } from './environments.js';
import { gatewayEnvironment, simulatorEnvironment, subgraphEnvironment } from './environments.js';
import type { House } from './house.js';

/** The ports of Souk in many processes. */
export interface Ports {
  gateway: number;
  /** Null where Stripe itself is used. */
  simulator: number | null;
  subgraphs: Record<SubgraphName, number>;
}

/** The gateway at PORT, the subgraphs at the five that follow, the simulator at its own. */
export function portsOf({ port, simulatorPort, stripe }: HouseConfig): Ports {
  const nextSimulatorPort = port === 0 ? 0 : port + 10;
  const subgraphs = Object.fromEntries(subgraphNames.map((name, index) => [name, port + 1 + index]));
  return {
    gateway: port,
    simulator: stripe ? null : (simulatorPort ?? nextSimulatorPort),
    subgraphs: subgraphs as Ports['subgraphs'],
  };
}

/** A process of a distributed Souk and its port. */
export interface PlacedPart {
  spec: PartSpec;
  port: number;
}

/** The processes of a distributed Souk. */
export interface Parts {
  gateway: PlacedPart;
  /** What the gateway leads to: the subgraphs, and the simulator where one runs. */
  others: PlacedPart[];
}

/** Answers are made and forgotten by the megabyte: with room for them, collecting them costs a quarter less of all time. */
const gatewayFlags = ['--max-semi-space-size=32'];

const root = path.join(__dirname, '..', '..');

/** What is to be run, where, and with which environment. */
export function partsOf(config: HouseConfig, house: House, ports: Ports): Parts {
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
    gateway: place(
      'gateway',
      'gateway',
      ports.gateway,
      addresses.gateway,
      gatewayEnvironment(config, house, addresses),
      gatewayFlags,
    ),
    others: [
      ...subgraphNames.map((name) =>
        place(
          name,
          `subgraphs/${name}`,
          ports.subgraphs[name],
          addresses.origins[name],
          subgraphEnvironment(name, config, house, addresses),
        ),
      ),
      ...(ports.simulator === null || simulator === null
        ? []
        : [
            place(
              'stripe-simulator',
              'stripe-simulator',
              ports.simulator,
              simulator,
              simulatorEnvironment(config, house, { ...addresses, simulator }),
            ),
          ]),
    ],
  };
}

function place(
  name: string,
  folder: string,
  port: number,
  origin: string,
  environment: NodeJS.ProcessEnv,
  flags: readonly string[] = [],
): PlacedPart {
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
