import { runMemberCommand } from './commandLine.ts';

process.exitCode = await runMemberCommand(process.argv.slice(2), process);
