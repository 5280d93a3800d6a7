import { useEffect } from 'react';
import { useLocation } from 'wouter';
import { chooseLanguage } from '../../shared/i18n/i18n.ts';
import { chooseTheme } from '../../shared/ui/theme/theme.ts';
import { loadWords } from '../i18n/words.ts';
import { useWallet } from './wallet.ts';

/** Does what the app around the frame asks for: a page, a language, a theme, and where dialogs can be seen. */
export function useHostWishes(): void {
  const { host } = useWallet();
  const [, go] = useLocation();
  useEffect(
    () =>
      host.listen((message) => {
        const root = document.documentElement;
        switch (message.type) {
          case 'session':
            if (message.language !== undefined) void chooseLanguage(loadWords, message.language);
            if (message.theme !== undefined) chooseTheme(message.theme);
            break;
          case 'viewport':
            root.style.setProperty('--seen-top', `${message.top}px`);
            root.style.setProperty('--seen-height', `${message.bottom - message.top}px`);
            root.dataset['seen'] = '';
            break;
          case 'open':
            go(message.path);
            break;
          case 'close':
            for (const sheet of document.querySelectorAll('dialog[open]')) {
              sheet.dispatchEvent(new Event('cancel', { cancelable: true }));
            }
            break;
        }
      }),
    [host, go],
  );
}
