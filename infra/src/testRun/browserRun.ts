/** `npm run test:browser [-- --all] [WORD ...]`: the pages in a real browser, in all their variants. */
import { commandLine } from '../commandLine.ts';
import { prepareDatabase } from '../database/database.ts';
import { SetupProblem } from '../setupProblem.ts';
import { describeCounts } from './counts.ts';
import { runVitest } from './suites.ts';

const HELP = `npm run test:browser
npm run test:browser -- [--all] [WORD ...]

Tells the stories of members and auditors in a real Chromium, as npm test does: each in two of its eight variants by turns.

  --all  in all eight: English and Chinese, 390 and 1280 pixels, light and dark; the better part of an hour
  WORD   a part of the path of test files: stories, states, audit ...

Pictures of each step are kept in .dewpoint/browser-shots: STORY-STEP.LANGUAGE.WIDTH.THEME.png`;

const SCREEN = { direct: true, say: (text: string): void => console.log(text) };

const { values, positionals } = commandLine({
  ...{ command: 'npm run test:browser', help: HELP, words: true },
  options: { all: { type: 'boolean', default: false } },
});
// Read by test/browser/variants.ts.
if (values.all) process.env['DEWPOINT_BROWSER'] = 'all';
try {
  await prepareDatabase((line) => console.log(line));
  const counts = await runVitest('browser', SCREEN, positionals);
  console.log(`\n${describeCounts(counts)}`);
  if (counts.failed > 0) process.exitCode = 1;
} catch (error) {
  if (!(error instanceof SetupProblem)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
