import { runMoney } from './moneyCommand.ts';

process.exitCode = await runMoney(process.argv.slice(2), process);
