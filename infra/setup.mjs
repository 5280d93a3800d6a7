/**
 * First-run set-up: installs the packages that are missing. Uses Node's own modules only, and only what very old versions of Node can
 * read too, so that they get a sentence instead of a syntax error.
 *
 * As a program it does just that; other programs call `setUp()` before they import anything.
 */
import { spawnSync } from 'child_process';
import { readFileSync } from 'fs';
import { dirname, join } from 'path';
import { fileURLToPath } from 'url';

const OLDEST_NODE = [20, 19];
const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..');

const isNewEnough = () => {
  const [major, minor] = process.versions.node.split('.').map(Number);
  return major > OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor >= OLDEST_NODE[1]);
};

const packagesOf = (lockFile) => JSON.parse(readFileSync(join(ROOT, lockFile), 'utf8')).packages;

/**
 * Compares what npm says that it installed with what the lock file wants. npm writes the former last, so an installation that was
 * interrupted counts as none.
 */
const isInstalled = () => {
  const wanted = packagesOf('package-lock.json');
  let installed;
  try {
    installed = packagesOf('node_modules/.package-lock.json');
  } catch {
    return false; // No file, or half a file: not installed.
  }
  return Object.keys(wanted).every((path) => {
    // Optional ones are builds for other systems; workspaces are links without a version.
    if (!path.includes('node_modules/') || wanted[path].optional || wanted[path].link) return true;
    return installed[path] !== undefined && installed[path].version === wanted[path].version;
  });
};

/** The npm that runs this script, or the one on the PATH. */
const runNpm = (args) => {
  const npm = process.env.npm_execpath;
  const options = { cwd: ROOT, stdio: ['ignore', 'inherit', 'inherit'] };
  if (npm && /npm-cli\.c?js$/.test(npm))
    return spawnSync(process.execPath, [npm, ...args], options);
  return spawnSync('npm', args, { ...options, shell: process.platform === 'win32' });
};

const giveUp = (sentence) => {
  console.error(sentence);
  process.exit(1);
};

/** Ends the process with one sentence when this Node is too old. */
export const requireNode = () => {
  if (isNewEnough()) return;
  giveUp(
    `Dewpoint needs Node ${OLDEST_NODE.join('.')} or newer, and this is ${process.versions.node}: install a newer one from https://nodejs.org.`,
  );
};

/** Ends the process with one sentence when this machine cannot run Dewpoint. */
export const setUp = () => {
  requireNode();
  if (isInstalled()) return;
  const startedAt = Date.now();
  console.log('Installing packages (once; a minute or less) ...');
  const { status, error } = runNpm(['ci', '--no-audit', '--no-fund', '--loglevel=error']);
  if (error || status !== 0) {
    giveUp('The packages could not be installed: see above, check the connection, and try again.');
  }
  console.log(`Packages installed in ${Math.round((Date.now() - startedAt) / 1000)} s.`);
};

const HELP = `npm run setup

Installs the packages of the lock file where they are missing. Every other command does so by itself.`;

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [arg] = process.argv.slice(2);
  if (arg === '--help' || arg === '-h') console.log(HELP);
  else if (arg === undefined) setUp();
  else {
    console.error(`There is no ${arg}: npm run setup -- --help says what there is.`);
    process.exit(2);
  }
}
