import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { SupervisedProcess } from '../src/supervised-process.js';
import { requirePort } from '../src/free-port.js';
import { stopLeftoverProcesses, recordProcesses } from '../src/process-file.js';
import { isAlive } from '../src/process-table.js';
import { freePort } from '../../tests/support/ports.js';
import { until } from '../../tests/support/until.js';

/** A part that listens, says its pid, and takes its time to drain. */
const program = `
  const server = require('node:http').createServer((_request, response) => response.end(String(process.pid)));
  server.listen(Number(process.env.PORT));
  process.on('SIGTERM', () => { if (process.env.STUBBORN !== 'yes') server.close(() => process.exit(0)); });
`;

describe('a supervised process', () => {
  let dir: string;
  let main: string;
  let port: number;
  let part: SupervisedProcess | null = null;
  let lines: string[];

  beforeEach(async () => {
    dir = await mkdtemp(path.join(tmpdir(), 'souk-part-'));
    main = path.join(dir, 'main.js');
    await writeFile(main, program);
    port = await freePort();
    lines = [];
  });
  afterEach(async () => {
    part?.kill();
    part = null;
    await rm(dir, { recursive: true });
  });

  async function started(
    environment: Record<string, string> = {},
  ): Promise<{ part: SupervisedProcess; pid: number }> {
    const made = new SupervisedProcess(
      {
        name: 'part',
        main,
        environment: { PORT: String(port), ...environment },
        flags: [],
        readyUrl: `http://127.0.0.1:${port}`,
      },
      (line) => lines.push(line),
      () => undefined,
    );
    part = made;
    made.start();
    await made.ready();
    if (made.pid === null) throw new Error('no process');
    return { part: made, pid: made.pid };
  }

  it('is restarted when it dies, and the restart is reported', async () => {
    const { part: made, pid } = await started();
    process.kill(pid, 'SIGKILL');
    await until('another process runs', () => made.pid !== null && made.pid !== pid);
    await made.ready();
    expect(lines.join('\n')).toContain('part exited (SIGKILL)');
  });

  it('stops on request and is not restarted', async () => {
    const { part: made, pid } = await started();
    await made.stop(5_000);
    expect(await isAlive(pid)).toBe(false);
    expect(made.pid).toBeNull();
    await requirePort('127.0.0.1', port, 'PORT');
    expect(lines).toEqual([]);
  });

  it('is killed when it does not drain in time', async () => {
    const { part: made, pid } = await started({ STUBBORN: 'yes' });
    await made.stop(200);
    expect(await isAlive(pid)).toBe(false);
  });

  it('is stopped by the next start after its launcher was killed, unless another program has its pid', async () => {
    const orphan = spawn(process.execPath, [main], {
      env: { PORT: String(port), TMPDIR: process.env['TMPDIR'] },
    });
    const { pid = 0 } = orphan;
    const remembered = (startTime: string | null): Promise<void> =>
      writeFile(path.join(dir, 'processes.json'), JSON.stringify([{ name: 'an old one', pid, startTime }]));
    for (const startTime of ['1', null]) {
      await remembered(startTime);
      expect(await stopLeftoverProcesses(dir)).toEqual([]);
      expect(await isAlive(pid)).toBe(true);
    }

    await recordProcesses(dir, [{ name: 'part', pid }]);
    expect(await stopLeftoverProcesses(dir)).toEqual(['part']);
    expect(await isAlive(pid)).toBe(false);
  });

  it('cannot use a port that is taken', async () => {
    await started();
    await expect(requirePort('127.0.0.1', port, 'PORT')).rejects.toThrow(
      `Port ${port} is taken by another program. Set PORT`,
    );
  });
});
