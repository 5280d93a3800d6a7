import { readFileSync } from 'node:fs';
import { CONFIG_VARIABLES } from '@dewpoint/server/config/config.ts';
import { describe, expect, it } from 'vitest';
import { listBuildContext } from '../src/docker/buildContext.ts';
import { readDockerfile } from '../src/docker/dockerfile.ts';
import { nodeVersionOf } from '../src/docker/imageNode.ts';
import { INFRA_VARIABLES } from '../src/environment.ts';
import { ROOT_DIR } from '../src/paths.ts';

const stages = readDockerfile(readFileSync(`${ROOT_DIR}Dockerfile`, 'utf8'));
const images = stages.filter(({ cmd }) => cmd !== null);

it('the service is what is built where no stage is named', () => {
  expect(stages.at(-1)?.name).toBe('service');
  expect(images.map(({ name }) => name)).toEqual(['chain', 'service']);
});

it('every stage stands on one exact version of Node, or on another stage', () => {
  const names = stages.map(({ name }) => name);
  const bases = stages.map(({ base }) => base).filter((base) => !names.includes(base));
  expect(new Set(bases).size).toBe(1);
  expect(nodeVersionOf(bases[0] ?? '')).toMatch(/^\d+\.\d+\.\d+$/);
});

describe.each(images)('the image $name', ({ user, cmd, healthCheck, steps }) => {
  const env = Object.assign({}, ...steps.map((s) => (s.kind === 'env' ? s.values : {}))) as Record<
    string,
    string
  >;

  it('runs as a user without rights', () => expect(user).toBe('node'));

  it('starts node itself, so that signals reach it, and asks it whether it is well', () => {
    expect(cmd?.[0]).toBe('node');
    expect(healthCheck?.slice(0, 2)).toEqual(['node', 'infra/docker/healthCheck.mjs']);
  });

  it('runs for production, on variables that exist, none of them a secret', () => {
    expect(env['NODE_ENV']).toBe('production');
    const known = [...CONFIG_VARIABLES.map(({ name }) => name), ...INFRA_VARIABLES, 'NODE_ENV'];
    expect(known).toEqual(expect.arrayContaining(Object.keys(env)));
    expect(Object.keys(env).join(' ')).not.toMatch(/PASSWORD|URI/);
  });

  it('takes packages of stages that leave out what development needs', () => {
    const packages = steps.flatMap((step) => {
      const fromStage = step.kind === 'copy' && step.sources[0] === '/app/node_modules';
      return fromStage ? stages.filter(({ name }) => name === step.from) : [];
    });
    const commands = packages.flatMap((stage) =>
      stage.steps.flatMap((step) => (step.kind === 'run' ? [step.command] : [])),
    );
    expect(commands).toEqual([
      expect.stringMatching(/^npm ci .*--omit=dev/),
      expect.stringMatching(/^node infra\/docker\/keepPackages\.mjs .*server/),
    ]);
  });
});

it('the build context has the sources, and nothing that is secret, made or only tested with', async () => {
  const files = await listBuildContext(ROOT_DIR);
  for (const file of ['package-lock.json', 'server/src/main.ts', 'web/src/graphiql/index.html']) {
    expect(files).toContain(file);
  }
  const unwanted =
    /(^|\/)(\.env|\.git|\.dewpoint|dist|testing)(\/|$)|\.test\.|node_modules|(^|\/)README\.md$/;
  expect(files.filter((file) => unwanted.test(file))).toEqual([]);
});

it.each([
  ['a program behind a shell', 'FROM node:1.2.3\nCMD node x.js', /JSON list/],
  ['a word that it does not know', 'FROM node:1.2.3\nADD a b', /ADD is not known/],
  ['a copy that changes owners', 'FROM node:1.2.3\nCOPY --chown=1 a b', /COPY with/],
])('reading refuses %s', (_what, text, message) => {
  expect(() => readDockerfile(text)).toThrow(message);
});
