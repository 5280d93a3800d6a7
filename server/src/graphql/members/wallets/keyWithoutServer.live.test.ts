import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runMemberCommand } from '@dewpoint/contracts/member/commandLine.ts';
import { Wallet, encryptKeystoreJsonSync } from 'ethers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MUTATION_SETTINGS } from '../../../testing/builders/program.ts';
import { DAY_MS, HOUR_MS, STARTS_AT_MS } from '../../../testing/builders/time.ts';
import { ruleTerms, rules } from '../../../testing/builders/changeInput.ts';
import { startService, type TestService } from '../../../testing/service.ts';
import { newWalletKeys } from '../../../testing/walletKeys.ts';

const PASSPHRASE = 'never leaves the wallet';
const GAS_MONEY = '0xde0b6b3a7640000';
/** A passphrase of a test is not worth the second that it takes to make guessing it slow. */
const FAST = { scrypt: { N: 1_024 } };
const at = (days: number): number => STARTS_AT_MS + days * DAY_MS + HOUR_MS;

let service: TestService;
let dir: string;
/** The gasless account, which never has gas money. */
let account: string;
const gas = Wallet.createRandom();
const elsewhere = Wallet.createRandom().address;

const fileOf = (name: string, content: string): string => {
  const file = join(dir, name);
  writeFileSync(file, content);
  return file;
};
const fund = (address: string): Promise<unknown> =>
  service.foundation.chain.rpc.call('anvil_setBalance', [address, GAS_MONEY]);
const keyed = (more: object): object => ({ idempotencyKey: service.key(), ...more });

/** What a wallet does: it asks for the key, opens it, and writes it down under a passphrase that the server never hears of. */
async function exportKey(memberId: string, file: string): Promise<string> {
  const { services, mine } = service;
  const of = { memberId, idempotencyKey: service.key() };
  const { token } = await services.memberSessions.create(mine.program, of);
  const wallet = await newWalletKeys();
  const query = `mutation ($input: MemberKeyExportInput!) { memberKeyExport(input: $input) {
    jwe userErrors { code } } }`;
  const input = keyed({ publicKey: wallet.publicKey });
  const { data } = await service.ask(token, query, { input });
  const { jwe } = data?.['memberKeyExport'] as { jwe: string };
  const { privateKey, account: address, program, chainId } = await wallet.open(jwe);
  const keystore = JSON.parse(
    encryptKeystoreJsonSync({ address, privateKey }, PASSPHRASE, FAST),
  ) as object;
  fileOf(file, JSON.stringify({ ...keystore, dewpoint: { program, chainId } }));
  return address;
}

/** All that needs the server; then it is gone for good. */
beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'dewpoint-exported-'));
  service = await startService({ settings: MUTATION_SETTINGS });
  await service.earn('mei', 100);
  await service.mint(50_000_000n);
  await service.act('reserveDeposit', keyed({ amount: '40' }));
  await service.act('itemAdd', keyed({ price: '5', text: 'A cup of tea' }));
  const worse = ruleTerms({ rules: rules({ perAction: '1.00' }) });
  const { userErrors } = await service.act('changeAnnounce', keyed({ terms: worse }));
  expect(userErrors).toEqual([]);
  // Earned, and not minted when the server goes.
  const occurredAt = new Date(STARTS_AT_MS).toISOString();
  const action = { memberId: 'mei', eventId: 'last', rule: 'visit', count: 10, occurredAt };
  const record = `mutation ($input: ActionsRecordInput!) { actionsRecord(input: $input) { results { status } } }`;
  await service.ask(service.mine.key, record, { input: { actions: [action] } });
  const receipt =
    '{ member(memberId: "mei") { receipt(epoch: 0) { chainId points account epoch lines signer signature } } }';
  const { data } = await service.ask(service.mine.key, receipt);
  fileOf('receipt.json', JSON.stringify((data?.['member'] as { receipt: object }).receipt));
  account = await exportKey('mei', 'member.json');
  fileOf('passphrase', `${PASSPHRASE}\n`);
  fileOf('gas.key', gas.privateKey);
  await Promise.all(service.servers.map((server) => server.close()));
});
afterAll(async () => {
  await service.close();
  rmSync(dir, { recursive: true, force: true });
});

async function run(...args: string[]) {
  let stdout = '';
  let stderr = '';
  const { program } = service.mine;
  const named = args.includes('--program') ? [] : ['--program', program.address];
  const exitCode = await runMemberCommand(
    [...args, '--rpc', service.foundation.anvil.url, ...named],
    {
      stdout: { write: (text) => (stdout += text) },
      stderr: { write: (text) => (stderr += text) },
      env: {},
    },
  );
  return { exitCode, stdout, stderr };
}
const OPENED = (): string[] => [
  ...['--key-file', join(dir, 'member.json')],
  ...['--passphrase-file', join(dir, 'passphrase')],
];
const PAID = (): string[] => [...OPENED(), '--gas-key-file', join(dir, 'gas.key')];

describe('a member with the exported key, whose server is gone', () => {
  it('is told what is missing', async () => {
    await expect(fetch(service.url)).rejects.toThrow();
    const wish = ['object', '--change', '1', '--points', '1'];
    expect(await run(...wish, ...PAID())).toMatchObject({
      exitCode: 2,
      stderr: `The account ${gas.address} has too little money for gas: send it some, or name another one with --gas-key-file.\n`,
    });
    const unpaid = await run(...wish, ...OPENED());
    expect(unpaid.stderr).toContain(`The account ${account} has too little money for gas`);
    expect(unpaid.stderr).toContain('an account that pays in its place with --gas-key-file');
    fileOf('wrong', 'guessed');
    const [, file = ''] = OPENED();
    const wrong = await run(...wish, '--key-file', file, '--passphrase-file', join(dir, 'wrong'));
    expect(wrong).toMatchObject({ exitCode: 2, stderr: `The passphrase does not open ${file}.\n` });
    const { address } = service.theirs.program;
    const foreign = await run(...wish, ...OPENED(), '--program', address);
    expect(foreign.exitCode).toBe(2);
    expect(foreign.stderr).toContain(`is for the program ${service.mine.program.address} on chain`);
    const other = await run(...wish, ...PAID(), '--account', elsewhere);
    expect(other.stderr).toContain(`--account is ${elsewhere}, and the key is that of ${account}`);
  });

  it('does all that the command offers, and never has gas money', async () => {
    await fund(gas.address);
    const done = async (...args: string[]): Promise<string> => {
      const { exitCode, stdout, stderr } = await run(...args, ...PAID());
      expect({ args, exitCode, stderr }).toEqual({ args, exitCode: 0, stderr: '' });
      return stdout;
    };
    // Shown without the passphrase: the keystore says whose it is.
    const [, file = ''] = OPENED();
    const status = async (): Promise<string> => (await run('status', '--key-file', file)).stdout;

    expect(await status()).toContain(`${account} has 200.00 points`);
    await done('settle', '--receipt', join(dir, 'receipt.json'));
    expect(await status()).toContain('has 220.00 points');
    expect(await done('object', '--change', '1', '--points', '1')).toContain('charter.Objected');
    expect(
      await done('redeem', '--item', '1', '--max-price', '5', '--reference', 'my tea'),
    ).toContain('catalogue.Redeemed');

    await service.moveClockTo(at(3));
    await done('tender', '--points', '60');
    const refused = await run('untender', '--points', '100', ...PAID());
    expect(refused).toMatchObject({
      exitCode: 1,
      stderr: expect.stringContaining('60.00') as string,
    });
    await done('untender', '--points', '10');
    // The budget of a round buys 40 of the 50.
    await service.moveClockTo(at(6));
    await done('close');
    expect(await done('claim', '--round', '0', '--to', elsewhere)).toContain(
      `to ${elsewhere}, amount 20.00 LD`,
    );

    await service.moveClockTo(at(9));
    await done('refund', '--order', '1');
    await done('release', '--change', '1');
    expect(await done('enact', '--change', '1')).toContain('charter.');
    expect(await status()).toContain('has 180.00 points');

    const next = Wallet.createRandom();
    fileOf('next.key', next.privateKey);
    await done('move', '--to-key-file', join(dir, 'next.key'));
    expect((await run('status', '--account', next.address)).stdout).toContain('has 180.00 points');

    const { rpc } = service.foundation.chain;
    expect(await rpc.call('eth_getBalance', [account, 'latest'])).toBe('0x0');
    expect(await rpc.call('eth_getTransactionCount', [account, 'latest'])).toBe('0x0');
  });
});
