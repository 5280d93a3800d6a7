/// <reference types="vite/client" />
import { createRoot } from 'react-dom/client';
import { Router } from 'wouter';
import { startI18n } from '../shared/i18n/i18n.ts';
import { sayLost } from '../shared/ui/lost/sayLost.ts';
import { keepFocus } from '../shared/ui/keepFocus.ts';
import { chooseTheme, chosenTheme } from '../shared/ui/theme/theme.ts';
import './theme/parts.css';
import '../shared/ui/theme/tokens.css';
import '../shared/ui/theme/chosenTheme.css';
import './shell/shell.css';
import './parts/page.css';
import './theme/choices.css';
import './signIn/signIn.css';
import { ConsoleApp } from './ConsoleApp.tsx';
import { loadConsoleWords } from './i18n/words.ts';
import { ConsoleLook } from './theme/ConsoleLook.tsx';
import { shareNonce } from './theme/nonce.ts';

const place = document.getElementById('console');
if (place === null) throw new Error('the page has no place for the console');
shareNonce();
chooseTheme(chosenTheme());
keepFocus(document);
startI18n(loadConsoleWords)
  .then(() =>
    createRoot(place).render(
      <ConsoleLook>
        <Router base="/console">
          <ConsoleApp />
        </Router>
      </ConsoleLook>,
    ),
  )
  .catch(() => sayLost(place));
