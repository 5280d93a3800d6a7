import { parseArgs } from 'node:util';
import type { Address } from '@dewpoint/contracts/statement.ts';
import type { Chain } from '../chain/connect.ts';
import { openLocalMoney, type LocalMoney } from '../chain/local/localMoney.ts';
import { readDemoProgram } from '../config/runningService.ts';
import { contractCodec } from '../chain/programs/contractCodec.ts';
import { formatMoney, MAX_MONEY, moneyUnits } from '../domain/money.ts';
import { RefusedError, runCommand, UsageError, type Surroundings } from '../lib/commandLine.ts';
import { LOCAL_PROBLEMS, onLocalChain } from './localChain.ts';

const HELP = `npm run money -- AMOUNT [--to ADDRESS] [--program ADDRESS] [--rpc URL]

Mints money on a local chain: the token that a program buys points back with, made up for trying things out. By default the
operator of the program gets it, who can put it into the reserve (reserveDeposit). Other chains are refused.

  npm run money -- 100

  AMOUNT             such as 100 or 12.50
  --to ADDRESS       who gets it instead of the operator
  --program ADDRESS  the Points contract of a program; without it, that of the demo
  --rpc URL          JSON-RPC of the node; without it, RPC_URL, or the chain of the service that npm start runs, from the
                     folder that DEWPOINT_DIR names

Exit code 0: done. 1: refused. 2: it could not be tried.`;
const COMMAND = { help: HELP, problems: LOCAL_PROBLEMS };

const ADDRESS = /^0x[0-9a-fA-F]{40}$/;

/** @throws UsageError for what is none, or has a typing error that its capital letters give away */
function addressIn(option: string, text: string): Address {
  const address = ADDRESS.test(text) ? contractCodec.checksummed(text as Address) : null;
  if (address !== null) return address;
  throw new UsageError(`${option} ${text} is not an address, or its checksum is wrong.`);
}

async function programAddress(
  name: string | undefined,
  { env }: Pick<Surroundings, 'env'>,
): Promise<Address> {
  const address = name ?? (await readDemoProgram(env));
  if (address === null) {
    throw new UsageError('No demo runs on this machine; name a program with --program ADDRESS.');
  }
  return addressIn('--program', address);
}

function unitsOf(text: string, { decimals, symbol }: LocalMoney): bigint {
  const units = moneyUnits(text, decimals);
  if (units !== null && units > 0n && units <= MAX_MONEY) return units;
  throw new UsageError(
    `${JSON.stringify(text)} is no amount of ${symbol}; write one above 0 with at most ${decimals} decimals, such as 100 or 12.50.`,
  );
}

async function openMoney(chain: Chain, program: Address): Promise<LocalMoney> {
  const money = await openLocalMoney(chain, program);
  if (money !== null) return money;
  throw new UsageError(`--program ${program} is no program on chain ${chain.chainId}.`);
}

/** Runs `npm run money` and returns its exit code. */
export function runMoney(args: readonly string[], surroundings: Surroundings): Promise<number> {
  return runCommand(COMMAND, args, surroundings, async (say) => {
    const text = { type: 'string' } as const;
    const { positionals, values } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { rpc: text, program: text, to: text },
    });
    const [amount, ...more] = positionals;
    if (amount === undefined || more.length > 0) throw new UsageError(HELP);
    const named = values.to === undefined ? null : addressIn('--to', values.to);
    await onLocalChain(values.rpc, surroundings, async (chain) => {
      const money = await openMoney(chain, await programAddress(values.program, surroundings));
      const units = unitsOf(amount, money);
      const to = named ?? money.operator;
      const isMinted = await money.mint(to, units);
      if (!isMinted) {
        throw new RefusedError(
          `${money.symbol} (${money.address}) mints for nobody: it is not the made-up money of a local chain.`,
        );
      }
      const { decimals, symbol } = money;
      const shown = (value: bigint): string =>
        `${formatMoney({ units: value, decimals })} ${symbol}`;
      const who = named === null ? `The operator, ${to},` : to;
      const has = shown(await money.balanceOf(to));
      say(`${who} got ${shown(units)} and has ${has} now.`);
    });
  });
}
