import { cancelItemsSaga } from './cancel-items.js';
import { cancelOrderSaga } from './cancel-order.js';

const names = ({ steps }: Pick<typeof cancelOrderSaga, 'steps'>): string[] => steps.map(({ name }) => name);

describe('the cancellation of a part', () => {
  it('has the steps of a whole cancellation, in their order', () => {
    expect(names(cancelItemsSaga as unknown as typeof cancelOrderSaga)).toEqual(names(cancelOrderSaga));
    const participants = ({ steps }: { steps: readonly { do: { command: { participant: string } } }[] }) =>
      steps.map((step) => step.do.command.participant);
    expect(participants(cancelItemsSaga)).toEqual(participants(cancelOrderSaga));
  });

  it('can be rejected by the same steps', () => {
    const flags = ({ steps }: { steps: readonly { nonCompensatable?: boolean; undo?: object }[] }) =>
      steps.map(({ nonCompensatable = false, undo }) => [nonCompensatable, undo]);
    expect(flags(cancelItemsSaga)).toEqual(flags(cancelOrderSaga));
  });
});
