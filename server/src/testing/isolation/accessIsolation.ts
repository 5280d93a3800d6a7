/** That sessions of members are kept to the program of their key: one test for each root field. */
import { expect } from 'vitest';
import { HOUR_MS } from '../builders/time.ts';
import type { Answer, TestService } from '../service.ts';

type Ask = (query: string, variables?: object) => Promise<Answer>;

const CREATE = `mutation ($input: MemberSessionCreateInput!) { memberSessionCreate(input: $input) {
  token session { id memberId } userErrors { field code } } }`;
const REVOKE = `mutation ($input: MemberSessionRevokeInput!) { memberSessionRevoke(input: $input) {
  session { id } userErrors { field code } } }`;
const TICKET = `mutation ($input: WalletLinkTicketCreateInput!) { walletLinkTicketCreate(input: $input) { ticket } }`;
const REDEEM = `mutation ($input: WalletLinkTicketRedeemInput!) { walletLinkTicketRedeem(input: $input) {
  token userErrors { field code } } }`;

const resultOf = ({ data, errors }: Answer): Record<string, unknown> => {
  if (!data) throw new Error(JSON.stringify(errors));
  return Object.values(data)[0] as Record<string, unknown>;
};

/** Names of root fields, and that each of them shows and does nothing in the other program. */
export function accessIsolation(args: {
  readonly service: () => TestService;
  readonly mine: Ask;
  readonly theirs: Ask;
}): Record<string, () => Promise<void>> {
  const { service, mine, theirs } = args;
  const keyed = (more: object): object => ({
    input: { idempotencyKey: service().key(), ...more },
  });
  const open = async (ask: Ask, memberId: string): Promise<Record<string, unknown>> =>
    resultOf(await ask(CREATE, keyed({ memberId })));
  const VIEWER = '{ viewer { memberId program { name } member { account } } }';
  /** Of the same app's id in both programs. */
  const viewers = async (): Promise<unknown[]> => {
    const shown: unknown[] = [];
    for (const ask of [mine, theirs]) {
      const { token } = await open(ask, 'rich');
      shown.push((await service().ask(String(token), VIEWER)).data);
    }
    return shown;
  };
  const isKept = async (): Promise<void> => {
    const [own, other] = await viewers();
    // Only they have such a member.
    expect(own).toEqual({ viewer: { memberId: 'rich', program: { name: 'Mine' }, member: null } });
    expect(other).toMatchObject({
      viewer: { program: { name: 'Theirs' }, member: { account: expect.any(String) as string } },
    });
  };

  return {
    'Query.viewer': isKept,
    'Mutation.memberSessionCreate': async () => {
      await isKept();
      // The same key of two programs names two sessions.
      const input = { memberId: 'rich', idempotencyKey: service().key() };
      const [own, other] = [await mine(CREATE, { input }), await theirs(CREATE, { input })];
      expect(resultOf(own)['token']).not.toBe(resultOf(other)['token']);
    },
    'Mutation.memberSessionRevoke': async () => {
      const { token, session } = await open(theirs, 'rich');
      const { id: sessionId } = session as { id: string };
      const notFound = [{ field: 'sessionId', code: 'NOT_FOUND' }];
      for (const id of [sessionId, 'mse_none']) {
        const answer = resultOf(await mine(REVOKE, keyed({ sessionId: id })));
        expect(answer).toEqual({ session: null, userErrors: notFound });
      }
      expect((await service().ask(String(token), VIEWER)).errors).toBeUndefined();
    },
    'Mutation.walletLinkTicketCreate': async () => {
      const { ticket } = resultOf(await mine(TICKET, keyed({ memberId: 'rich' })));
      const { token } = resultOf(await theirs(REDEEM, keyed({ ticket })));
      // A ticket is of the program that made it, whoever redeems it.
      expect((await service().ask(String(token), VIEWER)).data).toMatchObject({
        viewer: { program: { name: 'Mine' }, member: null },
      });
    },
    'Mutation.walletLinkTicketRedeem': async () => {
      const ticket = `dw_link_${'0'.repeat(32)}`;
      expect(resultOf(await mine(REDEEM, keyed({ ticket })))).toEqual({
        token: null,
        userErrors: [{ field: 'ticket', code: 'USED_OR_EXPIRED' }],
      });
    },
    // Of a nonce and a message of another program: walletVerify.live.test.ts.
    'Mutation.walletNonceCreate': async () => {
      const nonce = `mutation { walletNonceCreate(input: { programId: "prg_none" }) { nonce userErrors { field code } } }`;
      expect(resultOf(await mine(nonce))).toEqual({
        nonce: null,
        userErrors: [{ field: 'programId', code: 'NOT_FOUND' }],
      });
    },
    'Mutation.walletVerify': async () => {
      const verify = `mutation { walletVerify(input: { programId: "prg_none", message: "", signature: "0x", idempotencyKey: "1" }) {
        token userErrors { field code } } }`;
      expect(resultOf(await mine(verify))).toEqual({
        token: null,
        userErrors: [{ field: 'programId', code: 'NOT_FOUND' }],
      });
    },
    'Mutation.clockMove': async () => {
      // Both go by one clock: neither moves it.
      const move = `mutation ($input: ClockMoveInput!) { clockMove(input: $input) { after userErrors { field code } } }`;
      const before = (await service().foundation.chain.clock.now()).nowMs;
      expect(resultOf(await mine(move, keyed({ to: 'NEXT_DAY' })))).toEqual({
        ...{ after: null, userErrors: [{ field: null, code: 'CLOCK_FIXED' }] },
      });
      const { nowMs } = await service().foundation.chain.clock.now();
      expect(nowMs - before).toBeLessThan(HOUR_MS);
    },
    'Mutation.memberKeyExport': async () => {
      // Only a session says whose key it is, and it is of one program: memberKeyExport.live.test.ts.
      const take = `mutation { memberKeyExport(input: { publicKey: "{}", idempotencyKey: "1" }) { jwe } }`;
      expect((await theirs(take)).errors?.[0]?.extensions['code']).toBe('FORBIDDEN');
      const { token } = await open(mine, 'rich');
      const { data } = await service().ask(String(token), take);
      expect(data).toEqual({ memberKeyExport: { jwe: null } });
    },
    'Query.gasTank': async () => {
      // What pays for a chain is no program's; a key has not the scope.
      const { errors } = await mine('{ gasTank { account } }');
      expect(errors?.[0]?.extensions['code']).toBe('FORBIDDEN');
    },
  };
}
