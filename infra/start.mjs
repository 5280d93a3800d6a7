/** `npm start`. */
import { runTypeScript } from './run.mjs';

runTypeScript('infra/src/start/main.ts', process.argv.slice(2));
