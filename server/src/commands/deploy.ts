import { runDeploy } from './deployCommand.ts';

process.exitCode = await runDeploy(process.argv.slice(2), process);
