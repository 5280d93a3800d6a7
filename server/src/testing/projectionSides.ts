import type { Address } from '@dewpoint/contracts/statement.ts';
import { expect } from 'vitest';
import type { Program } from '../domain/program.ts';
import { createLockedPoints } from '../services/members/lockedPoints.ts';
import type { ServerProcess } from './foundation.ts';
import type { Harness } from './harness.ts';

interface Seen {
  readonly harness: Harness;
  /** What the service answers with. */
  readonly services: ServerProcess;
  readonly program: Program;
  /** Accounts that may have something anywhere. */
  readonly holders: readonly Address[];
}

const toMs = (seconds: bigint): number => Number(seconds) * 1_000;

/** What the read model says, and what the contracts say. */
export type Sides = { readonly ours: unknown; readonly theirs: unknown };

async function moneySides({ harness, services, program }: Seen): Promise<Sides> {
  const { reserve, owed, withdrawable } = await services.rounds.reserve(program);
  const { view } = harness;
  return {
    ours: [reserve, owed, withdrawable],
    theirs: [
      (await view.buyback('reserve'))[0],
      (await view.buyback('owed'))[0],
      (await view.buyback('withdrawable'))[0],
    ],
  };
}

async function roundSides(seen: Seen): Promise<Sides[]> {
  const { harness, services, program, holders } = seen;
  const sides: Sides[] = [];
  const { view } = harness;
  const next = await services.rounds.next(program);
  for (let number = 0; number <= next.round; number += 1) {
    const round = await services.rounds.find(program, number);
    const [said] = (await view.buyback('roundOf', number)) as unknown as [Record<string, unknown>];
    sides.push({
      ours: [
        round?.opensAtMs,
        round?.closesAtMs,
        round?.terms?.version,
        round?.state === 'SETTLED',
        round?.result?.covered ?? false,
        round?.tendered,
        round?.result?.filled ?? 0n,
        round?.result?.payout ?? 0n,
      ],
      theirs: [
        toMs(said['opensAt'] as bigint),
        toMs(said['closesAt'] as bigint),
        Number(said['version']),
        said['settled'],
        said['covered'],
        said['tendered'],
        said['filled'],
        said['payout'],
      ],
    });
    for (const holder of holders) sides.push(await shareSides(seen, number, holder));
  }
  return sides;
}

async function shareSides(
  { harness, services, program }: Seen,
  round: number,
  holder: Address,
): Promise<Sides> {
  const share = await services.rounds.share(program, round, holder);
  const reply = await harness.view.buyback('shareOf', round, holder);
  const [said] = reply as unknown as [Record<string, unknown>];
  return {
    ours: [
      share?.amount ?? 0n,
      share?.outcome?.paid ?? 0n,
      share?.outcome?.returned ?? 0n,
      (share?.moneyClaimed ?? null) !== null,
      (share?.pointsClaimed ?? null) !== null,
    ],
    theirs: ['amount', 'paid', 'returned', 'moneyClaimed', 'pointsClaimed'].map(
      (name) => said[name],
    ),
  };
}

/** In the order of `ICharter.ChangeState`. */
const CHANGE_STATES = ['NONE', 'PENDING', 'ENACTED', 'STRUCK_DOWN', 'WITHDRAWN', 'DEAD'];

async function changeSides({ harness, services, program, holders }: Seen): Promise<Sides[]> {
  const { view } = harness;
  const rest = await services.changes.rest(program);
  const sides: Sides[] = [
    {
      ours: (await services.changes.pending(program))?.number ?? 0,
      theirs: Number((await view.charter('pendingChange'))[0]),
    },
    {
      ours: [rest.strikesInARow, rest.untilMs ?? 0],
      theirs: [
        Number((await view.charter('strikesInARow'))[0]),
        toMs((await view.charter('cooldownUntil'))[0] as bigint),
      ],
    },
  ];
  const count = Number((await view.charter('changeCount'))[0]);
  for (let number = 1; number <= count; number += 1) {
    const ours = await services.changes.find(program, number);
    const [said] = (await view.charter('change', number)) as unknown as [Record<string, unknown>];
    const isPending = ours?.state === 'PENDING';
    const needed = (await view.charter('objectionsNeeded', number))[0] as bigint;
    sides.push({
      ours: [
        ours?.target === 'RULES' ? program.address : program.buyback,
        Number(ours?.hurtsMembers) + 2 * Number(ours?.hurtsHolders),
        ours?.state,
        ours?.firstEligibleRound ?? 0,
        ours?.comparedVersion,
        ours?.announcedAtMs,
        ours?.noticeEndsAtMs,
        ours?.diesAtMs,
        ours?.countedSupply,
        ours?.objections,
        isPending ? ours.earliestEnactmentMs : null,
        ours?.objectionsNeeded ?? null,
        isPending ? ours.withdrawalIsStrike : null,
      ],
      theirs: [
        said['target'],
        Number(said['impact']),
        CHANGE_STATES[Number(said['state'])],
        Number(said['firstEligibleRound']),
        Number(said['comparedVersion']),
        toMs(said['announcedAt'] as bigint),
        toMs(said['noticeEndsAt'] as bigint),
        toMs(said['diesAt'] as bigint),
        said['countedSupply'],
        said['objections'],
        isPending ? toMs((await view.charter('earliestEnactment', number))[0] as bigint) : null,
        (ours?.objectionsNeeded ?? null) === null ? null : needed,
        isPending ? 2n * (said['objections'] as bigint) >= needed : null,
      ],
    });
    for (const holder of holders) {
      sides.push({
        ours: (await services.changes.objection(program, number, holder))?.locked ?? 0n,
        theirs: (await view.charter('objectionOf', number, holder))[0],
      });
    }
  }
  return sides;
}

/** In the order of `ICatalogue.OrderState`. */
const ORDER_STATES = ['NONE', 'OPEN', 'FULFILLED', 'REFUSED', 'OVERDUE'];
const UNLIMITED = 2n ** 32n - 1n;

async function catalogueSides({ harness, services, program }: Seen): Promise<Sides[]> {
  const { view } = harness;
  const sides: Sides[] = [];
  const { rows: items } = await services.catalogue.listItems(program, {
    first: 100,
    after: null,
  });
  for (const item of items) {
    const [said] = (await view.catalogue('itemOf', item.number)) as unknown as [
      Record<string, bigint>,
    ];
    sides.push({
      ours: [
        item.price,
        item.stock === null ? UNLIMITED : BigInt(item.stock),
        item.scheduledPrice?.price ?? 0n,
        item.scheduledPrice?.fromMs ?? 0,
        item.withdrawnAtMs ?? 0,
      ],
      theirs: [
        said['price'],
        said['stock'],
        said['scheduledPrice'],
        toMs(said['scheduledPriceAt'] ?? 0n),
        toMs(said['withdrawnAt'] ?? 0n),
      ],
    });
  }
  const { rows: orders } = await services.catalogue.listOrders(
    program,
    {},
    { first: 100, after: null },
  );
  for (const order of orders) {
    const reply = await view.catalogue('orderOf', order.number);
    const [said] = reply as unknown as [Record<string, unknown>];
    sides.push({
      ours: [
        order.member,
        BigInt(order.item),
        BigInt(order.quantity),
        order.points,
        order.deadlineMs,
        order.state,
        order.number,
      ],
      theirs: [
        said['member'],
        said['item'],
        said['quantity'],
        said['points'],
        toMs(said['deadline'] as bigint),
        ORDER_STATES[Number(said['state'])],
        Number((await view.catalogue('orderByRef', order.member, order.orderRef))[0]),
      ],
    });
  }
  const { open, fulfilled, refused, overdue } = await services.catalogue.orderCounts(program);
  sides.push({
    ours: [open, fulfilled, refused, overdue, items.length, orders.length],
    theirs: [
      ...(await view.catalogue('counts')).map(Number),
      Number((await view.catalogue('itemCount'))[0]),
      Number((await view.catalogue('orderCount'))[0]),
    ],
  });
  return sides;
}

/** What is locked of all accounts is what the contracts hold: of a buyback all but what nobody's rounding reaches. */
async function escrowSides({ harness, program, holders }: Seen): Promise<Sides> {
  const { tendered, objected, ordered } = await createLockedPoints(harness.store).lockedOf(
    program,
    holders,
  );
  const heldBy = (contract: Address): Promise<bigint> =>
    harness.store.totals.balanceOf(program.id, contract);
  const dust = (await heldBy(program.buyback)) - tendered;
  expect(dust).toBeGreaterThanOrEqual(0n);
  expect(dust).toBeLessThanOrEqual(10n);
  return {
    ours: [objected, ordered],
    theirs: [await heldBy(program.charter), await heldBy(program.catalogue)],
  };
}

/** Everything that the read model says, beside what the contracts say. It has to be read up to the head. */
export async function bothSides(harness: Harness, holders: readonly Address[]): Promise<Sides> {
  const services = harness.process();
  const seen = { harness, services, holders, program: await harness.readProgram() };
  const sides = [
    await moneySides(seen),
    ...(await roundSides(seen)),
    ...(await changeSides(seen)),
    ...(await catalogueSides(seen)),
    await escrowSides(seen),
  ];
  return {
    ours: sides.map(({ ours }) => ours),
    theirs: sides.map(({ theirs }) => theirs),
  };
}
