import { runTermsCommand } from './commandLine.ts';

process.exitCode = await runTermsCommand(process.argv.slice(2), process);
