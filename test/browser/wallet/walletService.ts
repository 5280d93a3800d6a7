import { NO_DOCUMENT } from '@dewpoint/contracts/terms.ts';
import { mintLocalMoney } from '@dewpoint/server/chain/local/localMoney.ts';
import type { NewProgram } from '@dewpoint/server/chain/programs/newProgram.ts';
import {
  DEMO_BUDGET_PER_EPOCH,
  DEMO_BUYBACK,
  DEMO_RULES,
  DEMO_SETTINGS,
  dayStartMs,
} from '@dewpoint/server/demo/demoProgram.ts';
import { KEY_SCOPES } from '@dewpoint/server/domain/organisations/scopes.ts';
import type { Program } from '@dewpoint/server/domain/program.ts';
import { keyOwner } from '@dewpoint/server/services/access/apiKeys.ts';
import { createProgramOn, TEST_ORGANISATION } from '@dewpoint/server/testing/builders/program.ts';
import { MINUTE_MS } from '@dewpoint/server/testing/builders/time.ts';
import { inputTypeOf } from '@dewpoint/server/testing/sampleInput.ts';
import {
  finalAnswer,
  startService,
  until,
  type MutationAnswer,
  type ServiceOptions,
  type TestService,
} from '@dewpoint/server/testing/service.ts';
import { POINT_NAME } from './words.ts';

/** Something that a member did. */
interface Deed {
  readonly rule: string;
  readonly count?: number;
  readonly amount?: string;
  readonly maturesAt?: string;
}

/** Points of a member as decimal strings. */
interface CafeBalance {
  readonly settled: string;
  readonly pending: string;
  readonly locked: string;
}

/** A café of its own on the shared service: what a story does in it, no other one sees. */
export interface Cafe {
  readonly program: Program;
  /** Key with all scopes. */
  readonly key: string;
  /** Unix milliseconds, by the chain. */
  now(): Promise<number>;
  /** Records what a member does right now. */
  record(memberId: string, deeds: readonly Deed[]): Promise<void>;
  /** Gives a member points for good. */
  earn(memberId: string, deeds: readonly Deed[]): Promise<void>;
  /** Sends a mutation with the key of the café until it is through. @returns its payload */
  act(name: string, input: object, options?: ActOptions): Promise<MutationAnswer>;
  /** Announces that check-ins earn half. */
  announceLessForVisits(): Promise<void>;
  /** Offers a pot of tea for 5.00 and a mug for 40.00: items 1 and 2. */
  offerItems(): Promise<void>;
  /** Puts money into the reserve. Base units. */
  fund(amount: bigint): Promise<void>;
  /** Asks a question with the key of the café. */
  ask<Data>(query: string): Promise<Data>;
  /** What the chain has for a member, through the API. */
  balance(memberId: string): Promise<CafeBalance>;
  /** Moves the clock of the chain on, and waits until all is settled that is due. */
  pass(ms: number): Promise<void>;
  /** Address of the wallet of a member, good for one visit. */
  link(memberId: string): Promise<string>;
}

/** The whole service, with a café for every story. */
export interface WalletService {
  readonly service: TestService;
  readonly host: string;
  openCafe(settings?: Partial<NewProgram>): Promise<Cafe>;
  /** Lets the chain take transactions without putting them into a block. */
  holdBlocks(): Promise<void>;
  releaseBlocks(): Promise<void>;
  close(): Promise<void>;
}

/** Of the buyback's money: three rounds of the café. */
export const RESERVE = 9_000_000n;
/** The first round of a café opens so long after it does. */
export const FIRST_ROUND_AFTER_MS = 30 * MINUTE_MS;

const LOOK = {
  pointName: { en: POINT_NAME.en, zh: POINT_NAME.zh },
  rules: [
    { ruleId: 1, label: { en: 'Purchase', zh: '消费' }, icon: 'bag' },
    { ruleId: 2, label: { en: 'Check-in', zh: '签到' }, icon: 'pin' },
    { ruleId: 3, label: { en: 'Review', zh: '评价' }, icon: 'star' },
    { ruleId: 4, label: { en: 'Tea tasting', zh: '品茶会' }, icon: 'cup' },
  ],
};
const TEA = {
  ...{ price: '5.00', stock: 10 },
  text: 'A pot of tea of the day. 当日茶一壶。',
  look: { item: 1, label: { en: 'A pot of tea', zh: '一壶茶' }, icon: 'pot' },
};
const MUG = {
  ...{ price: '40.00', stock: null },
  text: 'A mug with our name. 店名马克杯。',
  look: { item: 2, label: { en: 'A mug with our name', zh: '店名马克杯' }, icon: 'cup' },
};

const settingsAt = (nowMs: number): Partial<NewProgram> => ({
  ...DEMO_SETTINGS,
  name: 'Dewdrop Café (demo)',
  symbol: 'DEW',
  startsAtMs: dayStartMs(nowMs),
  settlementWindow: 40,
  opening: [
    {
      notBefore: 0,
      budgetPerEpoch: DEMO_BUDGET_PER_EPOCH,
      documentHash: NO_DOCUMENT,
      rules: DEMO_RULES,
    },
  ],
  firstRoundAtMs: nowMs + FIRST_ROUND_AFTER_MS,
  buybackTerms: DEMO_BUYBACK,
});

/** As the API takes it: the rules of the café, with some numbers by name. */
const ruleInputs = (changed: Readonly<Record<string, object>>): object[] =>
  [
    { ruleId: 1, name: 'purchase', perMillionUnits: '1000.00', maxPoints: '500.00' },
    { ruleId: 2, name: 'visit', perAction: '2.00', maxCount: 1 },
    { ruleId: 3, name: 'review', perAction: '5.00', maxCount: 3 },
    { ruleId: 4, name: 'tasting', perAction: '10.00', maxCount: 1, untilEpoch: 30 },
  ].map((rule) => ({
    ...rule,
    text: DEMO_RULES.find(({ id }) => id === rule.ruleId)?.text ?? '',
    ...changed[rule.name],
  }));

/** Starts the service with a chain, a worker and its pages. */
export async function startWalletService(options: ServiceOptions = {}): Promise<WalletService> {
  const service = await startService(options);
  const { rpc } = service.foundation.chain;
  return {
    service,
    host: new URL(service.url).host,
    openCafe: (settings) => openCafe(service, settings),
    holdBlocks: async () => void (await rpc.call('evm_setAutomine', [false])),
    releaseBlocks: async () => {
      await rpc.call('evm_setAutomine', [true]);
      // What comes while the node begins to mine by itself can be left for the block after.
      await until('nothing waits for a block', async () => {
        await rpc.call('evm_mine', []);
        const { pending } = (await rpc.call('txpool_status', [])) as { readonly pending: string };
        return Number(pending) === 0;
      });
    },
    close: () => service.close(),
  };
}

async function openCafe(service: TestService, settings?: Partial<NewProgram>): Promise<Cafe> {
  const { foundation, services } = service;
  const now = async (): Promise<number> => (await foundation.chain.clock.now()).nowMs;
  const openedAtMs = Math.floor((await now()) / 1_000) * 1_000;
  const { id: _id, ...created } = await createProgramOn(
    foundation,
    { ...settingsAt(openedAtMs), ...settings },
    TEST_ORGANISATION,
  );
  const program = await services.programs.register(created);
  const { key } = await services.apiKeys.create(keyOwner(program), 'test', KEY_SCOPES);
  await until('the rules are read', async () => {
    const known = await services.programs.get(program.id);
    return known !== null && known.ruleSets.length > 0;
  });
  const cafe = cafeOf(service, { program, key, now });
  await cafe.act('programLookSet', LOOK, { isSent: false });
  return cafe;
}

/** How a mutation is called. */
interface ActOptions {
  /** What to ask for beside the usual. */
  readonly selection?: string;
  /** Whether it is a transaction, which is waited for. */
  readonly isSent?: boolean;
  readonly isKeyed?: boolean;
}

function cafeOf(
  service: TestService,
  { program, key, now }: Pick<Cafe, 'program' | 'key' | 'now'>,
): Cafe {
  const act: Cafe['act'] = async (name, input, options = {}) => {
    const { selection = '', isSent = true, isKeyed = true } = options;
    const sent = isSent ? 'transaction { id hash status blockNumber }' : '';
    const query = `mutation ($input: ${inputTypeOf(name)}) { ${name}(input: $input) {
      ${selection} ${sent} userErrors { field code message } } }`;
    const whole = { ...(isKeyed && { idempotencyKey: service.key() }), ...input };
    const { data, errors } = await finalAnswer(() => service.ask(key, query, { input: whole }));
    const payload = data?.[name] as MutationAnswer | undefined;
    if (payload === undefined || payload.userErrors.length > 0) {
      throw new Error(`${name}: ${JSON.stringify(errors ?? payload?.userErrors)}`);
    }
    return payload;
  };
  const ask: Cafe['ask'] = async <Data>(query: string) => {
    const { data, errors } = await service.ask(key, query);
    if (errors !== undefined) throw new Error(JSON.stringify(errors));
    return data as Data;
  };
  const balance: Cafe['balance'] = async (memberId) => {
    const query = `{ member(memberId: "${memberId}") { balance { settled pending locked } } }`;
    const { member } = await ask<{ member: { balance: CafeBalance } | null }>(query);
    return member?.balance ?? { settled: '0.00', pending: '0.00', locked: '0.00' };
  };
  const record: Cafe['record'] = async (memberId, deeds) => {
    const occurredAt = new Date(await now()).toISOString();
    const actions = deeds.map((deed) => ({
      ...{ memberId, occurredAt, eventId: service.key() },
      ...deed,
    }));
    const query = `mutation ($input: ActionsRecordInput!) {
      actionsRecord(input: $input) { results { status message } } }`;
    const { data, errors } = await service.ask(key, query, { input: { actions } });
    const { results } = (data?.['actionsRecord'] ?? { results: [] }) as {
      results: readonly { readonly status: string }[];
    };
    const isGood = errors === undefined && results.every(({ status }) => status === 'RECORDED');
    if (!isGood) throw new Error(JSON.stringify(errors ?? results));
  };
  return {
    ...{ program, key, now, act, ask, balance, record },
    earn: async (memberId, deeds) => {
      await record(memberId, deeds);
      await act('dropsCollect', { memberId }, { isSent: false, isKeyed: false });
      await until(`${memberId} has its points`, async () => {
        const { settled, pending } = await balance(memberId);
        return settled !== '0.00' && pending === '0.00';
      });
    },
    announceLessForVisits: async () => {
      const rules = ruleInputs({ visit: { perAction: '1.00' } });
      await act('changeAnnounce', { terms: { ruleSet: { budgetPerEpoch: '100000', rules } } });
    },
    offerItems: async () => {
      for (const { price, stock, text } of [TEA, MUG]) {
        await act('itemAdd', { price, text, ...(stock !== null && { stock }) });
      }
      await act('programLookSet', { items: [TEA.look, MUG.look] }, { isSent: false });
    },
    fund: async (amount) => {
      const anybody = await service.openWallet();
      await anybody.send(mintLocalMoney(program)(program.buyback, amount));
      await until('the reserve is counted', async () => {
        const query = '{ program { reserve { total } } }';
        const { reserve } = (await ask<{ program: { reserve: { total: string } } }>(query)).program;
        return Number(reserve.total) > 0;
      });
    },
    pass: async (ms) => {
      await service.moveClockTo((await now()) + ms);
      await service.settled(program);
    },
    link: async (memberId) => {
      const { ticket } = await act(
        'walletLinkTicketCreate',
        { memberId },
        { selection: 'ticket', isSent: false },
      );
      return `${service.url}/w/${program.id}#t=${String(ticket)}`;
    },
  };
}
