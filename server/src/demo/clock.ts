import { runClock } from './clockCommand.ts';

process.exitCode = await runClock(process.argv.slice(2), process);
