import type { TadaDocumentNode } from 'gql.tada';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Client } from '../../shared/graphql/client.ts';
import { answersEarly } from './answersEarly.ts';
import { createSession, type Session } from './session.ts';

type Numbered = TadaDocumentNode<{ asked: number }, Record<never, never>>;
const HOME = 'query Home { viewer { memberId } }' as unknown as Numbered;
const OTHER = 'query Other { viewer { memberId } }' as unknown as Numbered;
const EXPIRES = { expiresAt: '2100-01-01T00:00:00Z' };

let session: Session;
let asked: unknown[];
let client: Client;
beforeEach(() => {
  session = createSession('page');
  asked = [];
  const plain: Client = {
    ask: (...[document]) => {
      asked.push(document);
      return Promise.resolve({ asked: asked.length } as never);
    },
  };
  client = answersEarly(plain, session, HOME);
});

describe('a question that is asked early', () => {
  it('is asked once the session opens, and answers the first who asks', async () => {
    expect(asked).toEqual([]);
    session.open({ token: 'a', ...EXPIRES });
    expect(asked).toEqual([HOME]);
    expect(await client.ask(HOME)).toEqual({ asked: 1 });
    expect(await client.ask(HOME)).toEqual({ asked: 2 });
  });

  it('leaves other questions alone', async () => {
    session.open({ token: 'a', ...EXPIRES });
    expect(await client.ask(OTHER)).toEqual({ asked: 2 });
    expect(await client.ask(HOME)).toEqual({ asked: 1 });
  });

  it('is never answered for another session', async () => {
    session.open({ token: 'a', ...EXPIRES });
    session.open({ token: 'b', ...EXPIRES });
    expect(asked).toEqual([HOME]);
    expect(await client.ask(HOME)).toEqual({ asked: 2 });
  });

  it('is asked anew by whom it failed', async () => {
    let tries = 0;
    const failing: Client = {
      ask: () => Promise.reject(new Error(`no answer ${(tries += 1)}`)),
    };
    client = answersEarly(failing, session, HOME);
    session.open({ token: 'a', ...EXPIRES });
    await expect(client.ask(HOME)).rejects.toThrow('no answer 1');
    await expect(client.ask(HOME)).rejects.toThrow('no answer 2');
  });
});
