import type { SubgraphExecutor } from '@souk/shared/graph/server';

/** Replaces account for order's calls. */
export class FakeAccount {
  /** TypeIDs of users by e-mail address. */
  readonly users = new Map<string, string>();
  away = false;

  readonly execute: SubgraphExecutor = async ({ variables }) => {
    if (this.away) throw new Error('Account is away.');
    if (variables && 'id' in variables) return Promise.resolve({ data: { user: { displayName: 'Ada B.' } } });
    const id = this.users.get(String(variables?.['email']));
    return Promise.resolve({ data: { userByEmail: id === undefined ? null : { id } } });
  };
}
