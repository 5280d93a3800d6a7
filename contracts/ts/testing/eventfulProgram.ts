import { LOCAL_CHAIN_ID } from '@dewpoint/infra/chain/chain.ts';
import { ZeroAddress, type Wallet } from 'ethers';
import type { Line } from '../formula.ts';
import { packLines, type Address, type Hex } from '../statement.ts';
import { MOVE_ACCOUNT_TYPES, pointsDomain } from '../typedData.ts';
import { announce } from './programCalls.ts';
import { addressOf, rule, terms, TestProgram } from './testProgram.ts';

/** A program in whose history everything has happened at least once. */
export interface EventfulProgram {
  readonly program: TestProgram;
  readonly ada: Wallet;
  readonly ben: Wallet;
  readonly cem: Wallet;
}

/** Base units that one epoch of the clock may mint: little enough to be used up. */
const BUDGET = 20_000n;
const OPENING_BUDGET = 5_000n;

const OPENING = rule({ id: 0, perAction: 1n, name: 'opening' });
const PURCHASE = rule({ id: 1, perAction: 100n, perUnit: 1_500_000n, maxCount: 5n });
const REVIEW = rule({ id: 2, maxPoints: 3_000n });
const PROMOTION = rule({ id: 9, untilEpoch: 6 });
const UNDEFINED_RULE = 77;
/** What the log of epoch 10 is said to be. */
const ANCHORED_ROOT: Hex = `0x${'a1'.repeat(32)}`;

const line = (ruleId: number, count: bigint, amount = 0n): Line => ({ ruleId, count, amount });

/** Every kind of event: settled, late, in steps, partly, signed; skipped; rules and keys changed; moved and burned. */
export async function startEventfulProgram(): Promise<EventfulProgram> {
  const program = await TestProgram.start([
    terms({ budgetPerEpoch: OPENING_BUDGET, rules: [OPENING] }),
    terms({ budgetPerEpoch: BUDGET, rules: [PURCHASE, REVIEW] }),
  ]);
  const [ada, ben, cem] = await Promise.all([
    program.newWallet(),
    program.newWallet(),
    program.newWallet(),
  ]);
  const eventful = { program, ada, ben, cem };
  await settleOpeningBalances(eventful);
  await program.turnTo(2);
  await useUpTheBudget(eventful);
  await announce(
    program,

    terms({
      budgetPerEpoch: BUDGET,
      rules: [{ ...PURCHASE, perAction: 300n }, REVIEW, PROMOTION],
    }),
  );
  await program.send(program.operator, 'rotateRecorder', program.stranger.address);
  await program.turnTo(5);
  await completeByTheNextRecorder(eventful);
  await changeKeys(eventful);
  await program.turnTo(11);
  await anchorLogs(eventful);
  await program.turnTo(12);
  await skipEverything(eventful);
  await movePoints(eventful);
  return eventful;
}

/** The budget is used up: the second member gets a part, the third nothing yet. */
async function settleOpeningBalances({ program, ada, ben, cem }: EventfulProgram): Promise<void> {
  await program.settle([
    { member: addressOf(ada), epoch: 0, lines: [line(OPENING.id, 1_234n)] },
    { member: addressOf(ben), epoch: 0, lines: [line(OPENING.id, 9_999n)] },
    { member: addressOf(cem), epoch: 0, lines: [line(OPENING.id, 1n)] },
  ]);
}

/** Late, repeated, lower and higher statements, a signed one, and one that the budget cuts. */
async function useUpTheBudget({ program, ada, ben, cem }: EventfulProgram): Promise<void> {
  const late = { member: addressOf(ada), epoch: 1, lines: [line(PURCHASE.id, 2n, 333n)] };
  await program.settle([late, late, { ...late, lines: [line(PURCHASE.id, 1n, 333n)] }]);
  await program.settle([
    { ...late, lines: [line(PURCHASE.id, 3n, 333n)] },
    { member: addressOf(ben), epoch: 0, lines: [line(OPENING.id, 9_999n)] },
    { member: addressOf(cem), epoch: 2, lines: [line(REVIEW.id, 2n)] },
  ]);
  const signed = { member: addressOf(cem), epoch: 1, lines: [line(PURCHASE.id, 7n, 1_000n)] };
  await program.settleSigned(signed);
  await program.settleSigned(signed);
  await program.settle([
    { member: addressOf(ada), epoch: 2, lines: [line(PURCHASE.id, 0n, 10_000n)] },
    { member: addressOf(ben), epoch: 2, lines: [line(PURCHASE.id, 1n)] },
  ]);
}

/** The stranger is the recorder now; what the old one signed for its epochs still counts. */
async function completeByTheNextRecorder(eventful: EventfulProgram): Promise<void> {
  const { program, ada, ben, cem } = eventful;
  await program.settleSigned({ member: addressOf(ben), epoch: 2, lines: [line(PURCHASE.id, 1n)] });
  await program.settle(
    [
      { member: addressOf(ada), epoch: 2, lines: [line(PURCHASE.id, 0n, 10_000n)] },
      { member: addressOf(ada), epoch: 4, lines: [line(PURCHASE.id, 9n), line(REVIEW.id, 9n)] },
      { member: addressOf(cem), epoch: 5, lines: [line(PROMOTION.id, 1n)] },
    ],
    program.stranger,
  );
}

/** A pending, a former and the current recorder are revoked, and the operator hands over its role. */
async function changeKeys({ program, ada, ben, cem }: EventfulProgram): Promise<void> {
  const { operator, recorder, stranger } = program;
  await program.send(operator, 'rotateRecorder', addressOf(ada));
  await program.send(operator, 'revokeRecorder', addressOf(ada), addressOf(ben));
  await program.send(operator, 'revokeRecorder', recorder.address, ZeroAddress);
  await program.send(operator, 'revokeRecorder', stranger.address, addressOf(cem));
  await program.send(operator, 'offerOperator', addressOf(ben));
  await program.send(ben, 'acceptOperator');
  await program.send(ben, 'rotateRecorder', operator.address);
}

/** The recorder of epoch 11, once the operator, says what the log of epoch 10 was; those before it have gaps. */
async function anchorLogs({ program }: EventfulProgram): Promise<void> {
  await program.anchor(10, ANCHORED_ROOT, 3, program.operator);
}

/** Every reason for which a statement of a batch can be left out, except the budget. */
async function skipEverything({ program, ada }: EventfulProgram): Promise<void> {
  const member = addressOf(ada);
  const purchase = packLines([line(PURCHASE.id, 1n)]);
  const twice: Hex = `${purchase}${purchase.slice(2)}` as Hex;
  await program.settle(
    [
      { member, epoch: 13, lines: purchase },
      { member, epoch: 3, lines: purchase },
      { member, epoch: 12, lines: twice },
      { member, epoch: 12, lines: [line(UNDEFINED_RULE, 1n)] },
      { member: ZeroAddress as Address, epoch: 12, lines: purchase },
      { member: program.address, epoch: 12, lines: purchase },
      { member: program.deployed.forwarder, epoch: 12, lines: purchase },
      { member: program.addressOf('charter'), epoch: 12, lines: purchase },
      // A defined rule that has lapsed, and no line at all: nothing to mint and nothing to say.
      { member, epoch: 12, lines: [line(PROMOTION.id, 1n)] },
      { member, epoch: 12, lines: [] },
      { member, epoch: 12, lines: purchase },
    ],
    program.operator,
  );
}

async function movePoints({ program, ada, ben, cem }: EventfulProgram): Promise<void> {
  await program.send(ada, 'transfer', ben.address, 500n);
  await program.send(ada, 'transfer', ada.address, 50n);
  await program.send(ben, 'approve', cem.address, 200n);
  await program.send(cem, 'transferFrom', ben.address, cem.address, 150n);
  await program.send(cem, 'burn', 700n);
  const to = await program.newWallet();
  const deadline = 2n ** 40n;
  const signature = await to.signTypedData(
    pointsDomain(LOCAL_CHAIN_ID, program.address),
    MOVE_ACCOUNT_TYPES,
    { from: ada.address, to: to.address, deadline },
  );
  await program.send(ada, 'moveAccount', to.address, deadline, signature);
}
