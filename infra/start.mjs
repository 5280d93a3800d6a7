/** `npm start`. */
import { runTypeScript } from './run.mjs';
import { requireNode } from './setup.mjs';
import { placeProblem } from './src/processes/preflight.mjs';

const args = process.argv.slice(2);
const asksForHelp = args.some((arg) => arg === '--help' || arg === '-h');

const start = async () => {
  requireNode();
  // Installing takes minutes: what would stop the start after it is told before.
  const problem = asksForHelp ? null : await placeProblem(process.env);
  if (problem !== null) {
    console.error(problem);
    process.exit(1);
  }
  await runTypeScript('infra/src/start/main.ts', args);
};

start();
