/** `npm start`. */
import { runTypeScript } from './run.mjs';

runTypeScript('infra/src/start.ts', process.argv.slice(2));
