/** `npm test`. */
import { runTypeScript } from './run.mjs';

runTypeScript('infra/src/testRun/main.ts', process.argv.slice(2));
