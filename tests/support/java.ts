import { spawnSync } from 'node:child_process';

/** Whether a Java server can be started: its jars are fetched by Maven (class-path.sh). */
export const javaAvailable = ['java', 'mvn'].every(
  (program) => spawnSync('sh', ['-c', 'command -v "$0"', program]).status === 0,
);
