import { describe, expect, it } from 'vitest';
import { ConfigError, readConfig } from './config.ts';

const GOOD = {
  MONGODB_URI: 'mongodb://127.0.0.1:27017/dewpoint',
  RPC_URL: 'http://127.0.0.1:8545, https://rpc.example',
};

const problemsOf = (env: Record<string, string>): readonly string[] => {
  try {
    readConfig(env);
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
  return [];
};

describe('readConfig', () => {
  it('starts with the database and the chain alone, on the loopback address', () => {
    const config = readConfig(GOOD);
    expect(config.test.rpcUrls).toEqual(['http://127.0.0.1:8545', 'https://rpc.example']);
    expect(config.http).toMatchObject({ host: '127.0.0.1', port: 4000, trustedProxies: 0 });
    expect(config).toMatchObject({ role: 'both', demo: false, live: null });
  });

  it('names every bad variable in one message', () => {
    const problems = problemsOf({
      DEWPOINT_PORT: '99999',
      DEWPOINT_ROLE: 'boss',
      DEWPOINT_DEMO: 'yes',
      MONGODB_URI: 'postgres://x',
    });
    expect(problems.map((problem) => problem.split(':')[0]).sort()).toEqual([
      'DEWPOINT_DEMO',
      'DEWPOINT_PORT',
      'DEWPOINT_ROLE',
      'MONGODB_URI',
      'RPC_URL',
    ]);
    expect(problems).toContain('RPC_URL: must be set');
  });

  it.each([
    ['DEWPOINT_PORT', '-1'],
    ['DEWPOINT_PORT', '80.5'],
    ['DEWPOINT_HOST', ' '],
    ['DEWPOINT_TRUSTED_PROXIES', '11'],
    ['DEWPOINT_REQUEST_TIMEOUT_MS', '999'],
    ['DEWPOINT_KEYSTORE_PASSWORD', 'short'],
    ['DEWPOINT_CHAIN_ID', '0'],
    ['DEWPOINT_LOG_LEVEL', 'loud'],
    ['DEWPOINT_LOG_PRETTY', '1'],
    ['RPC_URL', 'http://a,,http://b'],
    ['RPC_URL', 'localhost:8545'],
    ['DEWPOINT_PROT', '4000'],
    ['DEWPOINT_PUBLIC_URL', 'points.example'],
    ['DEWPOINT_PUBLIC_URL', 'https://points.example/app'],
    ['DEWPOINT_MAIL_FROM', 'Dewpoint'],
    ['SMTP_URL', 'mail.example:25'],
  ])('refuses %s=%s and names it', (name, value) => {
    const problems = problemsOf({ ...GOOD, [name]: value });
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatch(new RegExp(`^${name}: `));
  });

  it('needs a sender beside a mail server, and writes letters to the log without one', () => {
    expect(readConfig(GOOD).mail).toBeNull();
    const smtp = { ...GOOD, SMTP_URL: 'smtps://mail.example' };
    expect(problemsOf(smtp)).toEqual(['DEWPOINT_MAIL_FROM: must be set, as SMTP_URL is']);
    expect(readConfig({ ...smtp, DEWPOINT_MAIL_FROM: 'a@b.example' }).mail).toEqual({
      smtpUrl: 'smtps://mail.example',
      from: 'a@b.example',
    });
  });

  it('takes the origin of the public URL, so that links have no double slash', () => {
    const config = readConfig({ ...GOOD, DEWPOINT_PUBLIC_URL: 'https://points.example/' });
    expect(config.publicUrl).toBe('https://points.example');
  });

  it('never repeats a value, which may be a secret', () => {
    const problems = problemsOf({
      ...GOOD,
      MONGODB_URI: 'mysql://root:hunter2@db',
      DEWPOINT_KEYSTORE_PASSWORD: 'hunter2',
    });
    expect(problems.join()).not.toContain('hunter2');
  });

  it('takes an empty variable as not set', () => {
    expect(readConfig({ ...GOOD, DEWPOINT_PORT: '' }).http.port).toBe(4000);
  });
});
