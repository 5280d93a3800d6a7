import { runApiKey } from './apiKeyCommand.ts';

process.exitCode = await runApiKey(process.argv.slice(2), process);
