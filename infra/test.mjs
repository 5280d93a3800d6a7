/** `npm test`. */
import { runTypeScript } from './run.mjs';

runTypeScript('infra/src/test.ts', process.argv.slice(2));
