import { auth, driver as connect, Neo4jError } from 'neo4j-driver';
import { withDeadline } from '@souk/shared/async/deadline';
import { messageOf } from '@souk/shared/errors';
import type { StoreProblem } from '@souk/shared/store-check';
import { checkTimeoutMs, hostOf, unreachable } from '@souk/shared/store-check';
import type { Neo4jOptions } from './neo4j.js';

/** Checks that Neo4j responds and accepts the credentials. */
export async function neo4jProblem({ url, user, password }: Neo4jOptions): Promise<StoreProblem | null> {
  const address = hostOf(url, 7687);
  const token = password === null ? undefined : auth.basic(user, password);
  const driver = connect(url, token, {
    connectionTimeout: checkTimeoutMs,
    connectionAcquisitionTimeout: checkTimeoutMs,
    maxTransactionRetryTime: 0,
    telemetryDisabled: true,
  });
  try {
    await withDeadline(driver.getServerInfo(), {
      timeoutMs: checkTimeoutMs,
      createError: () => new Error('timeout'),
    });
    return null;
  } catch (error) {
    const code = error instanceof Neo4jError ? error.code : '';
    if (code.startsWith('Neo.ClientError.Security')) {
      return {
        reason: `Neo4j at ${address} refused the user "${user}" or NEO4J_PASSWORD`,
        isTemporary: false,
      };
    }
    return (
      unreachable('Neo4j', address, causeOf(error)) ?? {
        reason: `no Neo4j responds at ${address} (${reasonOf(messageOf(error))})`,
        isTemporary: true,
      }
    );
  } finally {
    // A server that accepts connections and is silent must not delay the answer.
    driver.close().catch(() => undefined);
  }
}

/** The first sentence: the rest is the driver's state. */
function reasonOf(message: string): string {
  return message.split(/[.\n]/)[0] ?? '';
}

/** The driver wraps the error of the socket, and repeats its code in the message. */
function causeOf(error: unknown): unknown {
  const [code] = /\b(ECONN\w+|ENOTFOUND|EAI_AGAIN|E\w+UNREACH|ETIMEDOUT)\b/.exec(messageOf(error)) ?? [];
  return code === undefined ? error : { code };
}
