import { readFileSync } from 'node:fs';
import { CONFIG_VARIABLES, readConfig } from '@dewpoint/server/config/config.ts';
import { describe, expect, it } from 'vitest';
import { LOCAL_CHAIN_ID } from '../src/chain/chain.ts';
import {
  interpolate,
  interpolationsIn,
  readCompose,
  readEnvFile,
  type ComposeService,
} from '../src/docker/compose.ts';
import { readDockerfile } from '../src/docker/dockerfile.ts';
import { ROOT_DIR } from '../src/paths.ts';

const text = readFileSync(`${ROOT_DIR}docker-compose.yml`, 'utf8');
const compose = readCompose(text);
const demo = readEnvFile(readFileSync(`${ROOT_DIR}infra/docker/demo.env`, 'utf8'));
const stages = readDockerfile(readFileSync(`${ROOT_DIR}Dockerfile`, 'utf8'));
const services = Object.entries(compose.services);

const service = (name: string): ComposeService => {
  const found = compose.services[name];
  if (found === undefined) throw new Error(`there is no service ${name}`);
  return found;
};
/** What a part of the service is started with, on these variables for Compose. */
const environmentOf = (
  name: string,
  variables: Readonly<Record<string, string>>,
): Record<string, string> =>
  Object.fromEntries(
    Object.entries(service(name).environment ?? {}).map(([key, value]) => [
      key,
      interpolate(String(value), variables),
    ]),
  );
const HALVES = ['server', 'worker'];
const KNOWN = CONFIG_VARIABLES.map(({ name }) => name);

describe.each(HALVES)('the %s', (name) => {
  it('is set by variables of the config module only', () => {
    expect(KNOWN).toEqual(expect.arrayContaining(Object.keys(service(name).environment ?? {})));
  });

  it('would start with what the demo says', () => {
    const config = readConfig(environmentOf(name, demo));
    expect(config.role).toBe(name === 'server' ? 'api' : 'worker');
    expect(config.demo).toBe(name === 'server');
    expect(config.keystorePassword).not.toBeNull();
  });

  it('starts when the database is set up, and after the chain where there is one', () => {
    expect(service(name).depends_on).toEqual({
      'mongodb-set-up': { condition: 'service_completed_successfully' },
      chain: { condition: 'service_healthy', required: false },
    });
  });

  it('keeps its keys in a volume that both halves share', () => {
    const stateDir = stages
      .find((stage) => stage.name === 'service')
      ?.steps.flatMap((step) => (step.kind === 'env' ? [step.values['DEWPOINT_STATE_DIR']] : []));
    expect(service(name).volumes).toEqual([`keys:${stateDir?.[0]}`]);
  });
});

describe('what Compose is told from outside', () => {
  const asked = interpolationsIn(text);

  it.each(['MONGODB_PASSWORD', 'MONGODB_ROOT_PASSWORD', 'DEWPOINT_KEYSTORE_PASSWORD', 'RPC_URL'])(
    '%s has no default and must be set, wherever it stands',
    (name) => {
      const kinds = asked.filter((each) => each.name === name).map(({ kind }) => kind);
      expect(kinds.length).toBeGreaterThan(0);
      expect(new Set(kinds)).toEqual(new Set(['required']));
      expect(() => interpolate(text, { ...demo, [name]: '' })).toThrow(name);
    },
  );

  it('no secret stands in the file itself', () => {
    const secrets = services.flatMap(([, { environment = {} }]) =>
      Object.entries(environment).filter(([name]) => /PASSWORD|URI|KEY|SECRET|SMTP/.test(name)),
    );
    expect(secrets.length).toBeGreaterThan(0);
    // It is asked for, or nothing stands in its place.
    for (const [name, value] of secrets) expect(`${name}=${value}`).toMatch(/\$\{\w+:(\?|-\}$)/);
  });

  it('the file with the secrets of an installation is not committed', () => {
    expect(readFileSync(`${ROOT_DIR}.gitignore`, 'utf8').split('\n')).toContain('.env');
  });

  it('nothing runs as a demo unless that is said', () => {
    expect(asked.find(({ name }) => name === 'DEWPOINT_DEMO')).toMatchObject({ text: 'false' });
  });

  it("the demo's public passwords are refused by any chain but its own", () => {
    expect(demo['DEWPOINT_CHAIN_ID']).toBe(String(LOCAL_CHAIN_ID));
    expect(asked.filter(({ name }) => name === 'DEWPOINT_CHAIN_ID')).toEqual([
      expect.objectContaining({ kind: 'required' }),
    ]);
  });

  it('the demo says everything that must be said, and nothing that is not asked', () => {
    const names = asked.map(({ name }) => name);
    expect(names).toEqual(expect.arrayContaining(Object.keys(demo)));
    expect(() => interpolate(text, demo)).not.toThrow();
  });
});

describe('every service', () => {
  it.each(services)('%s is a pinned image, or is built from a stage', (_name, { image, build }) => {
    if (build === undefined) expect(image).toMatch(/^[\w/.-]+:\d+\.\d+\.\d+(-\w+)?$/);
    else expect(stages.map(({ name }) => name)).toContain(build.target);
  });

  it.each(services)('%s says that it is healthy, or runs to its end', (_name, each) => {
    const stage = stages.find(({ name }) => name === each.build?.target);
    const says = each.healthcheck ?? stage?.healthCheck;
    if (each.restart === 'no') expect(says).toBeUndefined();
    else expect(says).toBeTruthy();
  });

  it.each(services)('%s waits for what exists', (_name, { depends_on = {} }) => {
    for (const [name, { condition }] of Object.entries(depends_on)) {
      const awaited = service(name);
      expect(condition).toBe(
        awaited.restart === 'no' ? 'service_completed_successfully' : 'service_healthy',
      );
    }
  });

  it.each(services)('%s is reached from this machine only', (_name, { ports = [] }) => {
    for (const port of ports) expect(port).toMatch(/^127\.0\.0\.1:/);
  });

  it.each(services)('%s uses volumes that are declared, or files that are here', (_name, each) => {
    for (const volume of each.volumes ?? []) {
      const [source = ''] = volume.split(':');
      if (source.startsWith('./')) expect(readFileSync(ROOT_DIR + source, 'utf8')).not.toBe('');
      else expect(Object.keys(compose.volumes)).toContain(source);
    }
  });
});

it('the chain for trying out starts in the profile of the demo only', () => {
  const inProfiles = services.filter(([, { profiles }]) => profiles !== undefined);
  expect(inProfiles.map(([name, { profiles }]) => [name, profiles])).toEqual([['chain', ['demo']]]);
});

it('the database is a replica set, asks for passwords, and starts by a key file', () => {
  const database = service('mongodb');
  expect(database.entrypoint?.join(' ')).toContain('startMongod.sh');
  expect(Object.keys(database.environment ?? {})).toEqual([
    'MONGO_INITDB_ROOT_USERNAME',
    'MONGO_INITDB_ROOT_PASSWORD',
  ]);
  for (const half of HALVES) {
    expect(environmentOf(half, demo)['MONGODB_URI']).toMatch(
      /^mongodb:\/\/dewpoint:[^@]+@mongodb:27017\/dewpoint\?replicaSet=dewpoint$/,
    );
  }
});
