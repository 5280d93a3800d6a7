import { setTimeout as delay } from 'node:timers/promises';
import { join } from 'node:path';
import { startProcess, type RunningProcess } from '../processes/processes.ts';
import type { BuiltStage } from './stageDirs.ts';

/** What would be a container: the CMD of a stage, running in the folder of that stage. */
export interface Container {
  readonly process: RunningProcess;
  /** What it has said on standard output and standard error. */
  readonly lines: readonly string[];
  /** Runs the HEALTHCHECK until it says yes. */
  untilHealthy(): Promise<void>;
  /** Sends SIGTERM, as `docker stop` does, and gives the exit code. */
  stop(): Promise<number | null>;
}

const HEALTHY_WITHIN_MS = 240_000;
const ASK_AGAIN_MS = 500;

/** @param env On top of the image's ENV, as `environment` of Compose. */
export const startContainer = async (
  built: BuiltStage,
  env: Readonly<Record<string, string>>,
  path: string,
): Promise<Container> => {
  const { stage, dir, workdir } = built;
  const [command = '', ...args] = stage.cmd ?? [];
  const [checkCommand = '', ...checkArgs] = stage.healthCheck ?? [];
  const surroundings = { PATH: path, HOME: join(dir, 'home/node'), ...built.env, ...env };
  const lines: string[] = [];
  const running = await startProcess({
    command,
    args,
    cwd: workdir,
    env: surroundings,
    onLine: (line) => lines.push(line),
  });

  const isHealthy = async (): Promise<{ ok: boolean; said: string }> => {
    const options = { command: checkCommand, args: checkArgs, cwd: workdir, env: surroundings };
    const check = await startProcess(options);
    const { code } = await check.closed;
    return { ok: code === 0, said: check.output() };
  };

  return {
    process: running,
    lines,
    async untilHealthy() {
      const giveUpAtMs = Date.now() + HEALTHY_WITHIN_MS;
      for (;;) {
        const { ok, said } = await isHealthy();
        if (ok) return;
        if (!running.isRunning()) throw new Error(`${stage.name} ended:\n${lines.join('\n')}`);
        if (Date.now() > giveUpAtMs) throw new Error(`${stage.name} is not healthy: ${said}`);
        await delay(ASK_AGAIN_MS);
      }
    },
    async stop() {
      await running.stop();
      return (await running.exited).code;
    },
  };
};
