import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { startProcess, type RunningProcess } from './processes.ts';

const node = (code: string, onLine?: (line: string) => void): Promise<RunningProcess> =>
  startProcess({ command: process.execPath, args: ['-e', code], ...(onLine && { onLine }) });

/** A process that has ended and waits for its parent (in a container perhaps a slow one) to notice is not alive. */
const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
  } catch {
    return false;
  }
  const status = `/proc/${pid}/stat`;
  return !existsSync(status) || !readFileSync(status, 'utf8').includes(') Z ');
};

/** A process that lives until it is stopped, says "up", and starts another one whose id it says. */
const FAMILY = `
  const child = require('node:child_process').spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
  console.log('child ' + child.pid);
  setInterval(() => {}, 1000);
`;

/** Starts a supervisor of its own that starts FAMILY; resolves with the ids of all three. */
const startSupervisor = async (
  ending = '',
): Promise<{ supervisor: RunningProcess; pids: number[] }> => {
  const lines: string[] = [];
  const module = JSON.stringify(new URL('processes.ts', import.meta.url).href);
  const code = `
    import { startProcess } from ${module};
    const child = await startProcess({
      command: process.execPath,
      args: ['-e', ${JSON.stringify(FAMILY)}],
      onLine: (line) => { console.log(line); ${ending} },
    });
    console.log('family ' + child.pid);
  `;
  const supervisor = await startProcess({
    command: process.execPath,
    args: ['--import', import.meta.resolve('tsx'), '--input-type=module', '-e', code],
    cwd: fileURLToPath(new URL('../../..', import.meta.url)),
    onLine: (line) => {
      if (/^(child|family) \d+$/.test(line)) lines.push(line);
    },
  });
  await expect.poll(() => lines.length).toBe(2);
  return { supervisor, pids: lines.map((line) => Number(line.split(' ')[1])) };
};

test('a process that is stopped ends with all that it started', async () => {
  const lines: string[] = [];
  const family = await node(FAMILY, (line) => lines.push(line));
  await expect.poll(() => lines.length).toBe(1);
  const child = Number(lines[0]?.split(' ')[1]);
  expect(isAlive(child)).toBe(true);
  await family.stop();
  await expect.poll(() => isAlive(child)).toBe(false);
});

test('a process that ends by itself leaves no process of its own behind', async () => {
  const lines: string[] = [];
  const family = await node(`${FAMILY}; setTimeout(() => process.exit(3), 100);`, (line) =>
    lines.push(line),
  );
  expect(await family.exited).toEqual({ code: 3, signal: null });
  await expect.poll(() => isAlive(Number(lines[0]?.split(' ')[1]))).toBe(false);
});

test('a supervisor that is killed outright leaves nothing running', async () => {
  const { supervisor, pids } = await startSupervisor();
  process.kill(supervisor.pid, 'SIGKILL');
  await expect.poll(() => pids.filter(isAlive)).toEqual([]);
});

test('an uncaught error of a supervisor leaves nothing running', async () => {
  const ending = "setTimeout(() => { throw new Error('uncaught'); }, 100);";
  const { supervisor, pids } = await startSupervisor(ending);
  expect(await supervisor.exited).toMatchObject({ code: 1 });
  await expect.poll(() => pids.filter(isAlive)).toEqual([]);
});

test('a process says how it ended, and what it said last', async () => {
  const child = await node("console.error('no such thing'); process.exit(2);");
  expect(await child.exited).toEqual({ code: 2, signal: null });
  await expect.poll(() => child.output()).toBe('no such thing');
  expect(child.isRunning()).toBe(false);
  child.kill();
});

test('a command that does not exist is an error of the one who starts it', async () => {
  await expect(startProcess({ command: '/no/such/program', args: [] })).rejects.toThrow('ENOENT');
});
