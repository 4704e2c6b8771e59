import type { FormattedExecutionResult } from 'graphql';
import type { SubgraphUnderTest } from '../../../tests/support/subgraph.js';
import { follow, startSocial } from './support/social.js';

let social: SubgraphUnderTest;

beforeAll(async () => {
  social = await startSocial();
});

afterAll(() => social.close());

const subscription = 'subscription { notificationReceived { id type readAt deliveries { channel status } } }';

const typeOf = ({ data }: FormattedExecutionResult): string =>
  (data as { notificationReceived: { type: string } }).notificationReceived.type;

describe('notificationReceived', () => {
  it('sends new notifications, each once and to its recipient only', async () => {
    const user = social.user();
    const bystander = social.user();
    await follow(social, social.user(), user.id);
    const own = await social.watch(subscription, {}, user);
    const other = await social.watch(subscription, {}, bystander);
    for (let n = 0; n < 3; n += 1) await follow(social, social.user(), user.id);
    await own.atLeast(3);
    await follow(social, social.user(), bystander.id);
    await other.atLeast(1);
    expect(own.events.map(typeOf)).toEqual(['NEW_FOLLOWER', 'NEW_FOLLOWER', 'NEW_FOLLOWER']);
    expect(new Set(own.events.map((event) => JSON.stringify(event))).size).toBe(3);
    expect(other.events).toHaveLength(1);
    await Promise.all([own.stop(), other.stop()]);
  });

  it('requires a token', async () => {
    const [event] = await (await social.watch(subscription)).toEnd();
    expect(event?.errors?.[0]?.extensions?.['code']).toBe('UNAUTHENTICATED');
  });
});
