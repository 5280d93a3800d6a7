/**
 * What a wallet asks first, in a script so small that it runs while the rest is still on its way: its words, its session, and the home.
 * `main.tsx` goes on with what this began.
 */
import { preferredLanguage } from '../shared/i18n/language.ts';
import { tabStorage } from '../shared/storage/tabStorage.ts';
import { HomeQuery } from './home/data/queries.ts';
import { loadWords } from './i18n/words.ts';
import { answersEarly } from './session/answersEarly.ts';
import { createMemberClient } from './session/memberClient.ts';
import { createSession } from './session/session.ts';
import { openByTicket } from './session/ticket.ts';

/** `/w/PROGRAM`, `/embed/PROGRAM`, or `/w/PROGRAM/link`, where a member takes an own wallet. */
const [, face = '', programId = '', part = ''] = location.pathname.split('/');

// Who shows them hears whether they came.
loadWords(preferredLanguage()).catch(() => undefined);
const storage = tabStorage();
const session = createSession(face === 'embed' ? 'frame' : 'page');
const client = answersEarly(createMemberClient(session), session, HomeQuery);
if (session.place === 'page') void openByTicket(session, storage, programId);

export const headStart = { programId, part, storage, session, client };
