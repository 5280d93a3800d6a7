import { parseArgs } from 'node:util';
import { getAddress, isAddress, type Wallet } from 'ethers';
import type { Address } from '../statement.ts';
import { pointsIn } from './amounts.ts';
import {
  connectProgram,
  type ConnectedProgram,
  type Money,
  type SeenEvent,
} from './connectedProgram.ts';
import { valuesText } from './eventWords.ts';
import { accountOfKeystore, checkedKey, readKey, type AskSecret, type KeyFile } from './keyFile.ts';
import * as calls from './memberCalls.ts';
import { readReceipt } from './receiptFile.ts';
import { statusOf } from './status.ts';
import { Refused, UsageError } from './usageError.ts';

const HELP = `npm run member -- COMMAND --rpc URL --program ADDRESS [options]

What a member can do with nothing but a node of the chain and a key, with or without a server.

  status     --account A                           what an account has: points, rounds, orders, changes
  settle     --receipt FILE                        hand in a receipt (- for standard input)
  object     --change N --points P                 lock points against an announced change
  release    --change N [--account A]              take them back after its notice, or once it is withdrawn
  enact      --change N                            apply a change whose time has come
  tender     --points P                            offer points in the round that is open
  untender   --points P                            take them out again while it is open
  close                                            compute the results of rounds that have closed
  claim      --round N [--account A | --to B]      points back and money from a closed round; the money of one's own
                                                   share to any account B
  redeem     --item N --max-price P [--quantity Q] --reference TEXT
                                                   order an item; TEXT names the order, once
  refund     --order N                             points back from an order past its deadline
  move       --to-key-file FILE                    move the whole balance to another account of one's own

  --rpc URL           JSON-RPC of a node of the program's chain
  --program ADDRESS   the program's Points contract
  --key-file FILE     the member's key: an encrypted keystore (JSON, version 3), as a wallet writes it, or the private key in
                      hex digits; that may be in the variable DEWPOINT_MEMBER_KEY as well
  --gas-key-file FILE the key of another account, which pays for gas: the member's account then needs none
  --account A         for whom, by default the key's own account

The passphrase of a keystore is asked for, or is in a file: --passphrase-file, --gas-passphrase-file, --to-passphrase-file.

Points are written as 12.50. Exit code 0: done. 1: refused, the reason is printed. 2: it could not be tried.`;

const EXIT_DONE = 0;
const EXIT_REFUSED = 1;
const EXIT_USAGE = 2;
const KEY_VARIABLE = 'DEWPOINT_MEMBER_KEY';

/** Where the command writes and what it reads its key from. */
export interface Surroundings {
  readonly stdout: { write(text: string): unknown };
  readonly stderr: { write(text: string): unknown };
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Left out where nobody can be asked. */
  readonly askSecret?: AskSecret;
}

type Values = ReturnType<typeof parse>['values'];

/** One command, with what it needs of the command line. */
interface Command {
  run(
    caller: calls.Caller,
    values: Values,
    askSecret: AskSecret,
  ): Promise<readonly calls.MinedCall[]>;
  /** Whether it acts for the account of the key, and for no other. */
  readonly isOwn?: true;
}

const one = async (done: Promise<calls.MinedCall>): Promise<readonly calls.MinedCall[]> => [
  await done,
];

const COMMANDS: Readonly<Record<string, Command>> = {
  settle: {
    run: (caller, { receipt }) =>
      one(calls.settleReceipt(caller, readReceipt(needed('--receipt', receipt)))),
  },
  object: {
    isOwn: true,
    run: (caller, { change, points }) =>
      one(
        calls.objectToChange(
          caller,
          numberIn('--change', change),
          pointsIn('--points', needed('--points', points)),
        ),
      ),
  },
  release: {
    run: (caller, { change, account }) =>
      one(
        calls.releaseObjection(
          caller,
          numberIn('--change', change),
          accountIn(account, caller.wallet),
        ),
      ),
  },
  enact: {
    run: (caller, { change }) => one(calls.enactChange(caller, numberIn('--change', change))),
  },
  tender: {
    isOwn: true,
    run: (caller, { points }) =>
      one(calls.tenderPoints(caller, pointsIn('--points', needed('--points', points)))),
  },
  untender: {
    isOwn: true,
    run: (caller, { points }) =>
      one(calls.untenderPoints(caller, pointsIn('--points', needed('--points', points)))),
  },
  close: { run: (caller) => one(calls.settleRounds(caller)) },
  claim: {
    run: (caller, { round, account, to }) => {
      if (account !== undefined && to !== undefined) {
        throw new UsageError('--to is for the share of the key itself: leave out --account.');
      }
      const holder = accountIn(account, caller.wallet);
      const target = to === undefined ? holder : addressIn('--to', to);
      return calls.claimShare(caller, numberIn('--round', round), holder, target);
    },
  },
  redeem: {
    isOwn: true,
    run: (caller, values) =>
      one(
        calls.redeemItem(caller, {
          item: numberIn('--item', values.item),
          quantity: numberIn('--quantity', values.quantity),
          maxPrice: pointsIn('--max-price', needed('--max-price', values['max-price'])),
          reference: needed('--reference', values.reference),
        }),
      ),
  },
  refund: {
    run: (caller, { order }) => one(calls.refundOrder(caller, numberIn('--order', order))),
  },
  move: {
    isOwn: true,
    run: async (caller, values, askSecret) => {
      const key = {
        file: needed('--to-key-file', values['to-key-file']),
        passphraseFile: values['to-passphrase-file'],
        passphraseOption: '--to-passphrase-file',
      };
      const { privateKey } = await readKey(key, askSecret);
      return one(calls.moveAccount(caller, caller.program.wallet(privateKey)));
    },
  },
};

/** Runs the command with its arguments and returns its exit code. */
export async function runMemberCommand(
  args: readonly string[],
  surroundings: Surroundings,
): Promise<number> {
  const { stdout, stderr } = surroundings;
  let program: ConnectedProgram | null = null;
  try {
    const { values, positionals } = parse(args);
    const [name, ...more] = positionals;
    if (values.help || name === undefined) {
      stdout.write(`${HELP}\n`);
      return name === undefined && !values.help ? EXIT_USAGE : EXIT_DONE;
    }
    const command = COMMANDS[name];
    if (more.length > 0 || (command === undefined && name !== 'status')) {
      stderr.write(`${[name, ...more].join(' ')} is no command.\n\n${HELP}\n`);
      return EXIT_USAGE;
    }
    program = await connectProgram(
      rpcIn(needed('--rpc', values.rpc)),
      addressIn('--program', needed('--program', values.program)),
    );
    if (command === undefined) {
      const account = await shownAccount(program, values, surroundings);
      for (const line of await statusOf(program, account)) stdout.write(`${line}\n`);
      return EXIT_DONE;
    }
    const wallet = await walletOf(program, values, surroundings);
    if (command.isOwn === true) refuseAnother(values.account, wallet);
    const payer = await payerOf(program, values, surroundings);
    const caller = { program, wallet, payer: payer?.address === wallet.address ? null : payer };
    const done = await command.run(caller, values, surroundings.askSecret);
    if (done.length === 0) stdout.write('There was nothing left to do.\n');
    else {
      const money = await program.money();
      for (const each of done) stdout.write(`${textOf(each, money)}\n`);
    }
    return EXIT_DONE;
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    const isExpected = error instanceof UsageError || error instanceof Refused;
    stderr.write(`${isExpected ? error.message : error.stack}\n`);
    return error instanceof Refused ? EXIT_REFUSED : EXIT_USAGE;
  } finally {
    program?.close();
  }
}

function parse(args: readonly string[]) {
  const text = { type: 'string' } as const;
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        rpc: text,
        program: text,
        'key-file': text,
        'passphrase-file': text,
        'gas-key-file': text,
        'gas-passphrase-file': text,
        'to-key-file': text,
        'to-passphrase-file': text,
        account: text,
        to: text,
        receipt: text,
        change: text,
        points: text,
        round: text,
        item: text,
        quantity: { ...text, default: '1' },
        'max-price': text,
        reference: text,
        order: text,
        help: { type: 'boolean', short: 'h', default: false },
      },
    });
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    const [sentence = ''] = error.message.split(/[.\n]/);
    throw new UsageError(`${sentence}. npm run member -- --help lists what there is.`);
  }
}

/** The transaction and what the contracts said in it, by the names of their events, in points, money and dates. */
function textOf({ hash, events }: calls.MinedCall, money: Money): string {
  return [`Done in ${hash}`, ...events.map((event) => eventText(event, money))].join('\n');
}

function eventText({ contract, event }: SeenEvent, money: Money): string {
  const { name, fragment, args } = event;
  const values = valuesText(name, fragment.inputs, args, money);
  return `  ${contract}.${name}${values === '' ? '' : `: ${values}`}`;
}

function needed(option: string, value: string | undefined): string {
  if (value === undefined || value === '') throw new UsageError(`${option} is missing.`);
  return value;
}

function numberIn(option: string, value: string | undefined): bigint {
  const text = needed(option, value);
  if (!/^\d{1,18}$/.test(text)) {
    throw new UsageError(`${option} is ${JSON.stringify(text)}, expected a whole number.`);
  }
  return BigInt(text);
}

function rpcIn(url: string): string {
  if (URL.canParse(url) && ['http:', 'https:'].includes(new URL(url).protocol)) return url;
  throw new UsageError(`--rpc ${url} is not an http or https URL.`);
}

function addressIn(option: string, text: string): Address {
  if (text.startsWith('0x') && isAddress(text)) return getAddress(text) as Address;
  throw new UsageError(`${option} ${text} is not an address, or its checksum is wrong.`);
}

function accountIn(text: string | undefined, wallet: Wallet): Address {
  return text === undefined ? (wallet.address as Address) : addressIn('--account', text);
}

/** @throws UsageError when `--account` names another one than that of the key, where only its own makes sense */
function refuseAnother(text: string | undefined, { address }: Wallet): void {
  if (text === undefined || addressIn('--account', text) === address) return;
  throw new UsageError(`--account is ${text}, and the key is that of ${address}; leave it out.`);
}

const keyFileIn = (values: Values): KeyFile | null => {
  const file = values['key-file'];
  if (file === undefined) return null;
  const passphraseFile = values['passphrase-file'];
  return { file, passphraseFile, passphraseOption: '--passphrase-file' };
};

/** Never an argument: every process of the machine could read it there. */
async function walletOf(
  program: ConnectedProgram,
  values: Values,
  { env, askSecret }: Surroundings,
): Promise<Wallet> {
  const key = keyFileIn(values);
  if (key === null) {
    const inVariable = env[KEY_VARIABLE] ?? '';
    if (inVariable !== '') return program.wallet(checkedKey(inVariable, KEY_VARIABLE));
    throw new UsageError(
      `Name the file of your private key with --key-file, or set ${KEY_VARIABLE}.`,
    );
  }
  const { privateKey, madeFor } = await readKey(key, askSecret);
  const { chainId, addresses } = program;
  if (madeFor !== null && (madeFor.chainId !== chainId || madeFor.program !== addresses.points)) {
    throw new UsageError(
      `${key.file} is for the program ${madeFor.program} on chain ${madeFor.chainId}, not for ${addresses.points} on chain ${chainId}.`,
    );
  }
  return program.wallet(privateKey);
}

/** The account that pays for gas; null for that of the key itself. */
async function payerOf(
  program: ConnectedProgram,
  values: Values,
  { askSecret }: Surroundings,
): Promise<Wallet | null> {
  const file = values['gas-key-file'];
  if (file === undefined) return null;
  const passphraseFile = values['gas-passphrase-file'];
  const key = { file, passphraseFile, passphraseOption: '--gas-passphrase-file' };
  return program.wallet((await readKey(key, askSecret)).privateKey);
}

/** The account that is shown: a keystore says it without its passphrase. */
async function shownAccount(
  program: ConnectedProgram,
  values: Values,
  surroundings: Surroundings,
): Promise<Address> {
  if (values.account !== undefined) return addressIn('--account', values.account);
  const key = keyFileIn(values);
  const said = key === null ? null : accountOfKeystore(key.file);
  return said ?? ((await walletOf(program, values, surroundings)).address as Address);
}
