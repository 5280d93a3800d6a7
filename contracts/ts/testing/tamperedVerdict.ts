import { runCommand } from '../verifier/commandLine.ts';
import type { Report } from '../verifier/report/report.ts';
import { startTamperingProxy, type Tamper } from './tamperingProxy.ts';
import type { TestProgram } from './testProgram.ts';

/** What `verify --json` says of a program, and how it ends, when the node lies. */
export async function tamperedVerdict(
  program: TestProgram,
  tamper: Tamper,
): Promise<{ exitCode: number; report: Report }> {
  const proxy = await startTamperingProxy(program.chain.url, tamper);
  let stdout = '';
  let stderr = '';
  try {
    const args = ['--rpc', proxy.url, '--program', program.address, '--json'];
    const exitCode = await runCommand(args, {
      stdout: { write: (text) => (stdout += text) },
      stderr: { write: (text) => (stderr += text) },
    });
    if (stdout === '') throw new Error(stderr);
    return { exitCode, report: JSON.parse(stdout) as Report };
  } finally {
    await proxy.stop();
  }
}

/** The promises that were found broken. */
export function broken({ checks }: Report): string[] {
  return checks.filter(({ ok }) => !ok).map(({ name }) => name);
}
