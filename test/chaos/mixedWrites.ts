import type { World } from '../world/world.ts';
import { done, type Payload, type Write } from './patientClient.ts';

/** A client that sends its writes one after the other. */
export interface Client {
  readonly writes: readonly Write[];
  /** What has to follow a write before it is done. @returns what the write is answered with then */
  readonly finish?: (world: World, asked: Write, answer: Payload) => Promise<Payload>;
}

/** What the clients ask for, all in all. */
export const ORDERED = {
  members: ['mei', 'li', 'tom'],
  actionsPerCall: 5,
  /** Of one point each, by every member. */
  tenders: 2,
  redemptions: 2,
  lastNote: 'Note 4',
  lastName: 'Drop 4',
} as const;

const RECORDINGS = 12;
const KEYS = 4;
const INVITATIONS = 4;
const SESSIONS = 6;
const NOTES = 4;
const LOOKS = 4;
const ITEMS = 5;
const SENT = 'transaction { id status }';
const KEY = 'key apiKey { id }';

const times = <T>(count: number, make: (index: number) => T): T[] =>
  Array.from({ length: count }, (_none, index) => make(index));

/** Composes the writes of all clients. @param args.sign Signs what the operator's own wallet is shown. */
export function mixedWrites(args: {
  readonly app: Write['headers'];
  readonly operator: Write['headers'];
  readonly asShop: Write['headers'];
  readonly occurredAt: string;
  /** Of API keys to change over. */
  readonly oldKeyIds: readonly string[];
  readonly sign: (json: string) => Promise<string>;
}): readonly Client[] {
  const { app, operator, asShop, occurredAt } = args;
  const keyed = (
    headers: Write['headers'],
    name: string,
    selection: string,
    count: number,
    inputOf: (turn: number) => object,
  ): Write[] =>
    times(count, (turn) => ({
      ...{ name, selection, headers },
      input: { ...inputOf(turn), idempotencyKey: `mixed ${name} ${turn}` },
    }));
  const recording = (client: number): Client => ({
    writes: times(RECORDINGS, (turn) => ({
      ...{ name: 'actionsRecord', selection: 'results { status }', headers: app },
      input: {
        actions: times(ORDERED.actionsPerCall, (index) => ({
          ...{ memberId: `recorded-${client}`, rule: 'visit', occurredAt },
          eventId: `mixed-${client}-${turn}-${index}`,
        })),
      },
    })),
  });
  const member = (memberId: string): Client => ({
    writes: [
      ...keyed(app, 'roundTender', SENT, ORDERED.tenders, () => ({
        ...{ memberId, round: 0, amount: '1' },
      })),
      ...keyed(app, 'itemRedeem', SENT, ORDERED.redemptions, () => ({
        ...{ memberId, item: 1, maxPrice: '1' },
      })),
    ],
  });
  const signed: Client['finish'] = async (world, asked, answer) => {
    const { toSign } = answer as { toSign: { id: string; json: string } | null };
    if (toSign === null) return answer;
    const input = { id: toSign.id, signature: await args.sign(toSign.json) };
    await done(world, { name: 'transactionSign', input, selection: SENT, headers: operator });
    return done(world, asked);
  };
  const clients: readonly Write[][] = [
    keyed(asShop, 'apiKeyCreate', KEY, KEYS, (turn) => ({
      ...{ name: `mixed-${turn}`, scopes: ['PROGRAM_READ'] },
    })),
    args.oldKeyIds.flatMap((id) => {
      const rotated = keyed(asShop, 'apiKeyRotate', KEY, 1, () => ({ id }));
      return rotated.map((write) => ({ ...write, input: { ...write.input, idempotencyKey: id } }));
    }),
    keyed(asShop, 'invitationCreate', 'invitation { id role url }', INVITATIONS, (turn) => ({
      ...{ email: `mixed-${turn}@shop.example`, role: 'VIEWER' },
    })),
    keyed(app, 'memberSessionCreate', 'token session { id }', SESSIONS, (turn) => ({
      memberId: `mixed-${turn}`,
    })),
    keyed(operator, 'orderNoteSet', '', NOTES, (turn) => ({
      ...{ order: 1, note: `Note ${turn + 1}` },
    })),
    keyed(operator, 'programLookSet', '', LOOKS, (turn) => ({
      pointName: { en: `Drop ${turn + 1}` },
    })),
  ];
  const items = keyed(operator, 'itemAdd', `${SENT} toSign { id json }`, ITEMS, (turn) => ({
    ...{ price: '1', text: `Item ${turn}` },
  }));
  return [
    ...[recording(0), recording(1)],
    ...ORDERED.members.map(member),
    ...clients.map((writes) => ({ writes })),
    { writes: items, finish: signed },
  ];
}
