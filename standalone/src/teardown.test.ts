import { Teardown } from './teardown.js';

describe('a teardown', () => {
  it('closes what was opened last first, each once', async () => {
    const closed: string[] = [];
    const teardown = new Teardown();
    for (const name of ['database', 'workers', 'door']) {
      await teardown.add(async () => {
        await Promise.resolve();
        closed.push(name);
      });
    }
    await Promise.all([teardown.close(), teardown.close()]);
    expect(closed).toEqual(['door', 'workers', 'database']);
  });

  it('closes the rest when one fails, and tells of the failure', async () => {
    const closed: string[] = [];
    const teardown = new Teardown();
    await teardown.add(() => Promise.resolve(void closed.push('database')));
    await teardown.add(() => Promise.reject(new Error('stuck')));
    await expect(teardown.close()).rejects.toThrow('stuck');
    expect(closed).toEqual(['database']);
  });

  it('closes at once what is opened after the end has begun', async () => {
    const closed: string[] = [];
    const teardown = new Teardown();
    await teardown.close();
    await teardown.add(() => Promise.resolve(void closed.push('late')));
    expect(closed).toEqual(['late']);
  });
});
