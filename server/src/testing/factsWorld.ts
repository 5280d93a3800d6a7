import { setTimeout as delay } from 'node:timers/promises';
import type { Address, Hex } from '@dewpoint/contracts/statement.ts';
import type { Database } from '@dewpoint/infra/database/database.ts';
import type { ContractCall } from '../ports/chain/submitter.ts';
import { createCatalogue, type Catalogue } from '../services/catalogue/catalogue.ts';
import { createChanges, type Changes } from '../services/terms/changes.ts';
import { createLockedPoints, type LockedPoints } from '../services/members/lockedPoints.ts';
import { createRounds, type Rounds } from '../services/buyback/rounds.ts';
import type { Program } from '../domain/program.ts';
import { startActingWorld, type ActingWorld } from './actingWorld.ts';
import type { World } from './settlingWorld.ts';

/** What the read model answers with, for a program whose accounts send their calls by themselves. */
export interface FactsWorld {
  readonly acting: ActingWorld;
  readonly world: World;
  readonly changes: Changes;
  readonly rounds: Rounds;
  readonly catalogue: Catalogue;
  readonly lockedPoints: LockedPoints;
  /** The program with the terms that were read by now. */
  program(): Promise<Program>;
  /** Sends calls one after the other, each mined before the next. */
  as(from: Address, ...calls: readonly ContractCall[]): Promise<void>;
  asOperator(...calls: readonly ContractCall[]): Promise<void>;
  close(): Promise<void>;
}

/** Long enough for a machine that does everything at once. */
const MINED_WITHIN_MS = 30_000;

export async function startFactsWorld(database: Database): Promise<FactsWorld> {
  const acting = await startActingWorld(database);
  const { world } = acting;
  const { chain, store } = world;
  const deps = { ...store, clock: chain.clock };

  const mined = async (hash: unknown): Promise<void> => {
    const giveUpAt = Date.now() + MINED_WITHIN_MS;
    for (;;) {
      const receipt = (await world.rpc('eth_getTransactionReceipt', hash)) as {
        status: Hex;
      } | null;
      if (receipt !== null && Number(receipt.status) === 1) return;
      if (receipt !== null) throw new Error(`the transaction ${String(hash)} reverted`);
      if (Date.now() > giveUpAt) throw new Error(`the transaction ${String(hash)} is in no block`);
      await delay(5);
    }
  };
  const as: FactsWorld['as'] = async (from, ...calls) => {
    await world.rpc('anvil_impersonateAccount', from);
    await world.rpc('anvil_setBalance', from, '0x8ac7230489e80000');
    for (const { to, data } of calls) {
      await mined(await world.rpc('eth_sendTransaction', { from, to, data }));
    }
  };
  return {
    acting,
    world,
    changes: createChanges(deps),
    rounds: createRounds(deps),
    catalogue: createCatalogue(deps),
    lockedPoints: createLockedPoints(deps),
    program: async () => {
      const found = await store.programs.find(world.program.id);
      if (found === null) throw new Error('the program is gone');
      return found;
    },
    as,
    asOperator: (...calls) => as(world.deployment.operator, ...calls),
    close: () => acting.close(),
  };
}
