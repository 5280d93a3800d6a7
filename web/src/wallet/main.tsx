/// <reference types="vite/client" />
import { lazy, Suspense } from 'react';
import { createRoot } from 'react-dom/client';
import { Router } from 'wouter';
import { startI18n } from '../shared/i18n/i18n.ts';
import { sayLost } from '../shared/ui/lost/sayLost.ts';
import { createPoller, thisPage } from '../shared/polling/poller.ts';
import { PollerContext } from '../shared/polling/usePolled.ts';
import { WritesContext } from '../shared/transactions/useWrite.ts';
import { createWrites } from '../shared/transactions/writes.ts';
import { keepFocus } from '../shared/ui/keepFocus.ts';
import { chooseTheme, chosenTheme } from '../shared/ui/theme/theme.ts';
import '../shared/ui/theme/tokens.css';
import '../shared/ui/theme/chosenTheme.css';
import './shell/shell.css';
import { App } from './App.tsx';
import { headStart } from './headStart.ts';
import { connectHost, NO_HOST } from './session/frame.ts';
import { followSession } from './session/followSession.ts';
import { findSentCall } from './browserWallets/sentCall.ts';
import { createOwnWrites } from './ownWallet/ownWrites.ts';
import { OwnWritesContext } from './ownWallet/useOwnWrites.ts';
import { createSaid } from './shell/said.ts';
import { ProgramColors } from './shell/useProgram.ts';
import { hashLocationOf } from './shell/hashLocation.ts';
import { WalletContext } from './shell/wallet.ts';
import { loadWords } from './i18n/words.ts';

const LinkPage = lazy(async () => ({ default: (await import('./link/LinkPage.tsx')).LinkPage }));

function start(place: HTMLElement): void {
  keepFocus(document);
  const { programId, part, storage, session, client } = headStart;
  document.documentElement.dataset['place'] = session.place;
  const words = startI18n(loadWords);
  const host = session.place === 'frame' ? connectHost(session, storage) : NO_HOST;
  const page = thisPage();
  const poller = createPoller({
    client,
    page,
    mayAsk: ({ isPublic }) => isPublic === true || session.token() !== null,
  });
  const onProgress = poller.refresh;
  const writes = createOwnWrites({
    ...{ client, onProgress, place: session.place },
    writes: createWrites({ client, page, onProgress }),
    findSent: (hash) => findSentCall(client, hash),
  });
  followSession({ session, client, poller, writes, storage, programId });
  const wallet = { programId, session, client, host, storage, say: createSaid() };
  words
    .then(() =>
      createRoot(place).render(
        <Router hook={hashLocationOf(session.place)}>
          <WalletContext.Provider value={wallet}>
            <PollerContext.Provider value={poller}>
              <WritesContext.Provider value={writes}>
                <ProgramColors />
                <OwnWritesContext.Provider value={writes}>
                  {part === 'link' ? (
                    <Suspense fallback={null}>
                      <LinkPage />
                    </Suspense>
                  ) : (
                    <App />
                  )}
                </OwnWritesContext.Provider>
              </WritesContext.Provider>
            </PollerContext.Provider>
          </WalletContext.Provider>
        </Router>,
      ),
    )
    .catch(() => sayLost(place));
}

const place = document.getElementById('wallet');
if (place === null) throw new Error('the page has no place for the wallet');
chooseTheme(chosenTheme());
start(place);
