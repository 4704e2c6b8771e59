import type { JestEnvironment, JestEnvironmentConfig } from '@jest/environment';
import { ModernFakeTimers } from '@jest/fake-timers';
import { ModuleMocker } from 'jest-mock';

type Listener = ReturnType<typeof process.rawListeners>[number];

/**
 * Runs a test file in the context of the worker, where packages of earlier files are loaded already (package-runtime.cjs).
 * Afterwards it restores what the file changed: globals, and the environment and listeners of the process.
 */
export class ProcessEnvironment implements JestEnvironment {
  readonly global = globalThis as unknown as JestEnvironment['global'];
  readonly fakeTimers = null;
  readonly moduleMocker = new ModuleMocker(globalThis);
  fakeTimersModern: ModernFakeTimers | null;
  readonly #globals = propertiesOf(globalThis);
  readonly #variables = { ...process.env };
  readonly #listeners = new Set<Listener>(listenersOfProcess().map(([, listener]) => listener));
  // Jest replaces it for each file.
  readonly #exit = Object.getOwnPropertyDescriptor(process, 'exit') ?? {};

  constructor({ projectConfig }: JestEnvironmentConfig) {
    this.fakeTimersModern = new ModernFakeTimers({ config: projectConfig, global: globalThis });
  }

  setup(): Promise<void> {
    return Promise.resolve();
  }

  teardown(): Promise<void> {
    this.fakeTimersModern?.dispose();
    this.fakeTimersModern = null;
    this.#restoreGlobals();
    for (const name of Object.keys(process.env))
      if (!(name in this.#variables)) Reflect.deleteProperty(process.env, name);
    Object.assign(process.env, this.#variables);
    for (const [event, listener] of listenersOfProcess()) {
      if (!this.#listeners.has(listener)) process.off(event, listener as () => void);
    }
    Object.defineProperty(process, 'exit', this.#exit);
    return Promise.resolve();
  }

  exportConditions(): string[] {
    return ['node', 'node-addons'];
  }

  /** Not used: PackageRuntime compiles in the context of the worker. */
  getVmContext(): object {
    return globalThis;
  }

  #restoreGlobals(): void {
    for (const [key, now] of propertiesOf(globalThis)) {
      const before = this.#globals.get(key);
      // Packages keep a few that cannot be deleted.
      if (!before) Reflect.deleteProperty(globalThis, key);
      else if (now.value !== before.value || now.get !== before.get) {
        Reflect.defineProperty(globalThis, key, before);
      }
    }
  }
}

function propertiesOf(object: object): Map<string | symbol, PropertyDescriptor> {
  return new Map(
    Reflect.ownKeys(object).map((key) => [key, Object.getOwnPropertyDescriptor(object, key) ?? {}]),
  );
}

function listenersOfProcess(): [string | symbol, Listener][] {
  return process
    .eventNames()
    .flatMap((event) =>
      process.rawListeners(event as string).map((listener): [string | symbol, Listener] => [event, listener]),
    );
}
