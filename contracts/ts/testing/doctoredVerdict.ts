import { runCommand } from '../verifier/commandLine.ts';
import type { Report } from '../verifier/report/report.ts';
import { startDoctoringProxy, type Doctor } from './doctoringProxy.ts';
import type { TestProgram } from './testProgram.ts';

/** What `verify --json` says of a program, and how it ends, when the node lies. */
export async function doctoredVerdict(
  program: TestProgram,
  doctor: Doctor,
): Promise<{ exitCode: number; report: Report }> {
  const proxy = await startDoctoringProxy(program.chain.url, doctor);
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
