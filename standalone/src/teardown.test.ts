import { Teardown } from './teardown.js';

describe('a teardown', () => {
  it('closes resources in reverse order, each once', async () => {
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

  it('closes the rest when one fails, and rejects with the failure', async () => {
    const closed: string[] = [];
    const teardown = new Teardown();
    await teardown.add(() => Promise.resolve(void closed.push('database')));
    await teardown.add(() => Promise.reject(new Error('stuck')));
    await expect(teardown.close()).rejects.toThrow('stuck');
    expect(closed).toEqual(['database']);
  });

  it('closes at once what is opened after the shutdown has begun', async () => {
    const closed: string[] = [];
    const teardown = new Teardown();
    await teardown.close();
    await teardown.add(() => Promise.resolve(void closed.push('late')));
    expect(closed).toEqual(['late']);
  });

  it('waits for what is still opening at shutdown, and closes it', async () => {
    const teardown = new Teardown();
    const said: string[] = [];
    let opened: (value: string) => void = () => undefined;
    const opening = teardown.open(
      new Promise<string>((resolve) => {
        opened = resolve;
      }),
      (what) => {
        said.push(`${what} is closed`);
        return Promise.resolve();
      },
    );
    const closed = teardown.close().then(() => said.push('all is closed'));
    opened('the door');
    await closed;
    expect(said).toEqual(['the door is closed', 'all is closed']);
    await expect(opening).resolves.toBe('the door');
  });

  it('has nothing to close when opening failed', async () => {
    const teardown = new Teardown();
    const opening = teardown.open(Promise.reject(new Error('no')), () => Promise.reject(new Error('never')));
    await expect(opening).rejects.toThrow('no');
    await expect(teardown.close()).resolves.toBeUndefined();
  });
});
