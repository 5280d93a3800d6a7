import { runLink } from './linkCommand.ts';

process.exitCode = await runLink(process.argv.slice(2), process);
