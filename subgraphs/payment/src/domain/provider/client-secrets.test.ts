import { Unavailable } from '@souk/shared/errors';
import type { CardIntent } from './card-provider.js';
import { ClientSecrets } from './client-secrets.js';

function intent(id: string): CardIntent {
  return {
    id,
    status: 'requires_payment_method',
    amountReceived: 0,
    currency: 'EUR',
    clientSecret: `${id}_secret`,
    paymentId: null,
    lastDecline: null,
  };
}

describe('client secrets', () => {
  it('are retrieved once per intent', async () => {
    const retrieve = jest.fn((id: string) => Promise.resolve(intent(id)));
    const secrets = new ClientSecrets({ retrieve });
    const reads = await Promise.all(['pi_1', 'pi_1', 'pi_2', 'pi_1'].map((id) => secrets.read(id)));
    expect(reads).toEqual(['pi_1_secret', 'pi_1_secret', 'pi_2_secret', 'pi_1_secret']);
    expect(retrieve).toHaveBeenCalledTimes(2);
  });

  it('are retrieved again after a failure', async () => {
    const retrieve = jest.fn((id: string) => Promise.resolve(intent(id)));
    retrieve.mockRejectedValueOnce(new Unavailable('away'));
    const secrets = new ClientSecrets({ retrieve });
    await expect(secrets.read('pi_1')).rejects.toBeInstanceOf(Unavailable);
    await expect(secrets.read('pi_1')).resolves.toBe('pi_1_secret');
  });
});
