/**
 * `npm run docker:check`: runs the very commands of the Dockerfile where there is no Docker, each stage in a folder of its own, then
 * starts what docker-compose.yml starts for the demo from those folders alone and asks it something.
 */
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { commandLine } from '../commandLine.ts';
import { startDatabase } from '../database/database.ts';
import { ROOT_DIR } from '../paths.ts';
import { LOCALHOST, freePort } from '../processes/ports.ts';
import { SetupProblem } from '../setupProblem.ts';
import { listBuildContext } from './buildContext.ts';
import { interpolate, readCompose, readEnvFile } from './compose.ts';
import { startContainer, type Container } from './containers.ts';
import { DockerfileError, readDockerfile } from './dockerfile.ts';
import { fetchNode, nodeVersionOf } from './imageNode.ts';
import { createStageBuilder, type BuiltStage } from './stageDirs.ts';

const NOT_CHECKED = `Not checked, since that needs Docker: the base images, users and rights, networks and volumes, MongoDB's replica set with its key file and users.`;
/** Packages that only work on the project needs. */
const DEVELOPMENT = ['eslint', 'prettier', 'typescript', 'vitest', 'vite', 'react', 'supertest'];

const say = (line: string): void => console.log(line);
const read = (file: string): Promise<string> => readFile(join(ROOT_DIR, file), 'utf8');

const must = (holds: boolean, sentence: string): void => {
  if (!holds) throw new Error(`Not so: ${sentence}`);
  say(`  good: ${sentence}`);
};

/** The machine's own variables, without those of Dewpoint. */
const surroundings = (path: string): NodeJS.ProcessEnv => {
  const own = Object.entries(process.env).filter(
    ([name]) => !/^(DEWPOINT_|MONGODB_URI$|(LIVE_)?RPC_URL$|NODE_ENV$|npm_)/.test(name),
  );
  return { ...Object.fromEntries(own), PATH: path };
};

/** The PATH on which `node` is the image's. */
const pathWithNode = async (image: string): Promise<string> => {
  const version = nodeVersionOf(image);
  const dir = await fetchNode(version);
  const path = process.env.PATH ?? '';
  if (dir !== null) {
    say(`Node ${version}, as in ${image}, from npm`);
    return `${dir}${delimiter}${path}`;
  }
  say(`Node ${process.versions.node} of this machine: the image's ${version} can't be had here`);
  return path;
};

const checkFiles = ({ workdir }: BuiltStage, files: readonly string[]): void => {
  const there = DEVELOPMENT.filter((name) => existsSync(join(workdir, 'node_modules', name)));
  must(there.length === 0, `no package of development is in it (${there.join(', ') || 'none'})`);
  const tests = files.filter((file) => /\.test\.|\/testing\//.test(file));
  must(tests.length === 0, 'no test is in the build context');
};

/** Of the folders that can't be written in a container. */
const filesOf = async (stages: Readonly<Record<string, BuiltStage>>): Promise<string[]> => {
  const lists = Object.values(stages).map(({ workdir }) => readdir(workdir, { recursive: true }));
  return (await Promise.all(lists)).flat();
};

const ask = async (url: string, key: string): Promise<unknown> => {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${key}` },
    body: JSON.stringify({ query: '{ program { name supply { issued } } }' }),
  });
  return response.json();
};

interface Ready {
  readonly demo: { readonly apiKey: string } | null;
}

const readyOf = (server: Container): Ready => {
  const line = server.lines.find((each) => each.startsWith('{"type":"ready"'));
  if (line === undefined) throw new Error(`The server is not ready:\n${server.lines.join('\n')}`);
  return JSON.parse(line) as Ready;
};

/** Asks the running parts what their users ask. */
const checkAnswers = async (server: Container, url: string, workerUrl: string): Promise<void> => {
  const answer = JSON.stringify(await ask(url, readyOf(server).demo?.apiKey ?? ''));
  must(/"issued":"[1-9]/.test(answer), `the API answers: ${answer}`);
  const page = await fetch(`${url}/graphql`, { headers: { accept: 'text/html' } });
  const script = /src="(\/graphiql\/[^"]+)"/.exec(await page.text())?.[1] ?? '/none';
  must((await fetch(`${url}${script}`)).ok, `the editor's script is there: ${script}`);
  const { status } = await fetch(`${workerUrl}/readyz`);
  must(status === 200, 'the worker is ready');
};

const stopAll = async (containers: Readonly<Record<string, Container>>): Promise<void> => {
  for (const [name, container] of Object.entries(containers)) {
    const code = await container.stop();
    must(code === 0, `${name} ends in order on SIGTERM (exit code ${code})`);
  }
};

const environmentOf = async (
  service: string,
  instead: Readonly<Record<string, string>>,
): Promise<Record<string, string>> => {
  const compose = readCompose(await read('docker-compose.yml'));
  const demo = readEnvFile(await read('infra/docker/demo.env'));
  const set = Object.entries(compose.services[service]?.environment ?? {});
  const values = set.map(([name, value]) => [name, interpolate(String(value), demo)]);
  return { ...(Object.fromEntries(values) as Record<string, string>), ...instead };
};

/** The demo, as Compose starts it: a chain, a database, the server and a worker with the same keys. */
const runDemo = async (
  stages: { readonly service: BuiltStage; readonly chain: BuiltStage },
  dir: string,
  path: string,
): Promise<void> => {
  const database = await startDatabase({ dir: join(dir, 'database'), onProgress: say });
  const started: Container[] = [];
  const start = async (...args: Parameters<typeof startContainer>): Promise<Container> => {
    const container = await startContainer(...args);
    started.push(container);
    return container;
  };
  try {
    const before = await filesOf(stages);
    const ports = { chain: await freePort(), server: await freePort(), worker: await freePort() };
    const chainEnv = { DEWPOINT_CHAIN_HOST: LOCALHOST, DEWPOINT_CHAIN_PORT: `${ports.chain}` };
    const chain = await start(stages.chain, chainEnv, path);
    await chain.untilHealthy();
    must(true, 'the chain is healthy');
    const shared = {
      MONGODB_URI: database.uri,
      RPC_URL: `http://${LOCALHOST}:${ports.chain}`,
      DEWPOINT_HOST: LOCALHOST,
    };
    const envOf = (role: 'server' | 'worker'): Promise<Record<string, string>> =>
      environmentOf(role, { ...shared, DEWPOINT_PORT: `${ports[role]}` });
    const worker = await start(stages.service, await envOf('worker'), path);
    const server = await start(stages.service, await envOf('server'), path);
    await Promise.all([worker.untilHealthy(), server.untilHealthy()]);
    must(true, 'the server and the worker are healthy');
    const urlOf = (port: number): string => `http://${LOCALHOST}:${port}`;
    await checkAnswers(server, urlOf(ports.server), urlOf(ports.worker));
    const added = (await filesOf(stages)).filter((file) => !before.includes(file));
    must(
      added.length === 0,
      `nothing is written beside the code (${added.join(', ') || 'nothing'})`,
    );
    await stopAll({ 'the server': server, 'the worker': worker, 'the chain': chain });
  } finally {
    for (const container of started) await container.process.stop();
    await database.stop();
  }
};

const main = async (): Promise<void> => {
  const dir = await mkdtemp(join(tmpdir(), 'dewpoint-docker-'));
  try {
    const stages = readDockerfile(await read('Dockerfile'));
    const contextFiles = await listBuildContext(ROOT_DIR);
    const path = await pathWithNode(stages[0]?.base ?? '');
    const env = surroundings(path);
    const onLine = (line: string): void => say(`  ${line}`);
    const buildStage = createStageBuilder({
      ...{ stages, dir: join(dir, 'stages'), contextDir: ROOT_DIR, contextFiles, env, onLine },
    });
    const service = await buildStage('service');
    const chain = await buildStage('chain');
    checkFiles(service, contextFiles);
    await runDemo({ service, chain }, dir, path);
    say(`\nAll of this works. ${NOT_CHECKED}`);
  } finally {
    await rm(dir, { recursive: true, force: true, maxRetries: 20 });
  }
};

const HELP = `npm run docker:check

Runs the very commands of the Dockerfile where there is no Docker, each stage in a folder of its own, then starts chain, server
and worker from those folders alone and asks them something. It takes minutes, and says at its end what it could not check.`;

commandLine({ command: 'npm run docker:check', help: HELP, words: false, options: {} });
try {
  await main();
} catch (error) {
  const isExpected = error instanceof DockerfileError || error instanceof SetupProblem;
  console.error(isExpected ? error.message : error);
  process.exitCode = 1;
}
