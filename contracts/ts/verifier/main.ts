import { runCommand } from './commandLine.ts';

process.exitCode = await runCommand(process.argv.slice(2), process);
