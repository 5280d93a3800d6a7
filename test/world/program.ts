import { join } from 'node:path';
import { localMoneyAbi } from '@dewpoint/contracts/abi/localMoneyAbi.ts';
import { minedReceipt } from '@dewpoint/contracts/minedReceipt.ts';
import type { Address } from '@dewpoint/contracts/statement.ts';
import type { BuybackTerms, RuleSetTerms } from '@dewpoint/contracts/terms.ts';
import { DEV_KEYS } from '@dewpoint/infra/chain/chain.ts';
import { connectChain } from '@dewpoint/server/chain/connect.ts';
import { createDeployment } from '@dewpoint/server/chain/programs/deployment.ts';
import { openKeystore } from '@dewpoint/server/chain/keys/keystore.ts';
import type { Environment } from '@dewpoint/server/domain/environment.ts';
import { APP_SCOPES } from '@dewpoint/server/domain/organisations/scopes.ts';
import { createApiKeys, keyOwner } from '@dewpoint/server/services/access/apiKeys.ts';
import { createPrograms } from '@dewpoint/server/services/programs/programs.ts';
import { connectStore } from '@dewpoint/server/store/connect.ts';
import { Contract, JsonRpcProvider, Wallet } from 'ethers';

/** Runs the programs of worlds. */
const ORGANISATION = 'org_0000000000000001';

/** A program that servers of a world work for. */
export interface WorldProgram {
  readonly id: string;
  /** Organisation that runs it; nobody is in it. */
  readonly organisationId: string;
  /** Address of its Points contract. */
  readonly address: Address;
  /** All that an app may do. */
  readonly apiKey: string;
  /** What the operator may do. */
  readonly operatorApiKey: string;
  readonly buysBack: boolean;
  /** Start of epoch 0, unix seconds. */
  readonly startsAt: number;
}

/** When and at what price points are bought back. */
export interface WorldBuyback {
  /** Unix seconds. */
  readonly firstRoundAt: number;
  readonly periodSeconds: number;
  readonly windowSeconds: number;
  readonly terms: BuybackTerms;
}

const OPERATOR_SCOPES = [
  ...(['orders:write', 'program:read', 'program:write', 'webhooks:write'] as const),
] as const;
/** Base units of the settlement token that the operator has: more than any test spends. */
const OPERATOR_MONEY = 10n ** 15n;
const DAY_MS = 86_400_000;
/** The default of a program: 40 days to hand in a statement. */
const SETTLEMENT_WINDOW = 40;

/** Anybody may mint the local money; somebody who is no key of the service does, so that no nonce of its is used. */
async function mintMoney(rpcUrl: string, token: Address, to: Address): Promise<void> {
  const provider = new JsonRpcProvider(rpcUrl, undefined, { cacheTimeout: -1 });
  try {
    const minter = new Wallet(DEV_KEYS.stranger, provider);
    const money = new Contract(token, localMoneyAbi, minter);
    const sent = (await money.getFunction('mint')(to, OPERATOR_MONEY)) as { hash: string };
    const { status } = await minedReceipt(provider, sent.hash);
    if (status !== 1) throw new Error('the operator got no money');
  } finally {
    provider.destroy();
  }
}

/** Deploys the contracts, creates a program with daily epochs, takes it into the database and makes a key for its app. */
export async function createProgramForWorld(args: {
  rpcUrl: string;
  databaseUri: string;
  stateDir: string;
  startsAt: number;
  environment: Environment;
  terms: RuleSetTerms;
  buyback: WorldBuyback | null;
}): Promise<WorldProgram> {
  const chain = await connectChain({ rpcUrls: [args.rpcUrl], chainId: null });
  const store = await connectStore(args.databaseUri);
  const keystore = await openKeystore({
    path: join(args.stateDir, 'keystore.json'),
    password: null,
  });
  const deployment = createDeployment({ chain, keystore, environment: args.environment });
  try {
    await deployment.fund([]);
    const created = await deployment.createProgram({
      organisationId: ORGANISATION,
      name: 'Replayed purchases',
      symbol: 'DROP',
      startsAtMs: args.startsAt * 1000,
      epochLengthMs: DAY_MS,
      settlementWindow: SETTLEMENT_WINDOW,
      transferable: true,
      opening: [args.terms],
      ...(args.buyback !== null && {
        firstRoundAtMs: args.buyback.firstRoundAt * 1_000,
        roundPeriodMs: args.buyback.periodSeconds * 1_000,
        roundWindowMs: args.buyback.windowSeconds * 1_000,
        buybackTerms: args.buyback.terms,
      }),
    });
    await mintMoney(
      args.rpcUrl,
      created.settlementToken.address,
      deployment.operatorOf(ORGANISATION),
    );
    const programs = createPrograms({ ...store, ...chain });
    const program = await programs.register(created);
    const apiKeys = createApiKeys({ apiKeys: store.apiKeys });
    const app = await apiKeys.create(keyOwner(program), 'app', APP_SCOPES);
    const operator = await apiKeys.create(keyOwner(program), 'operator', OPERATOR_SCOPES);
    return {
      id: program.id,
      organisationId: ORGANISATION,
      address: program.address,
      apiKey: app.key,
      operatorApiKey: operator.key,
      buysBack: args.buyback !== null,
      startsAt: args.startsAt,
    };
  } finally {
    deployment.close();
    chain.close();
    await store.close();
  }
}
