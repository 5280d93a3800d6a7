import { LANGUAGE_TAGS, preferredLanguage, type PageLanguage } from '../../i18n/language.ts';
import './lost.css';

/** The same as in the catalogues, which did not load. */
export const LOST_WORDS: Readonly<
  Record<PageLanguage, { couldNotLoad: string; partLost: string; loadAgain: string }>
> = {
  en: {
    couldNotLoad: 'This could not be loaded',
    partLost:
      'There may be no connection, or a newer version of this page. What you sent is not lost.',
    loadAgain: 'Load the page again',
  },
  zh: {
    couldNotLoad: '没能加载出来',
    partLost: '可能没有网络，或者页面有了新版本。您提交过的都不会丢。',
    loadAgain: '重新加载页面',
  },
};

/** Says in the place of a whole page that it did not load, with a button that loads it again: before there are words and parts. */
export function sayLost(place: HTMLElement): void {
  const language = preferredLanguage();
  const { couldNotLoad, partLost, loadAgain } = LOST_WORDS[language];
  document.documentElement.lang = LANGUAGE_TAGS[language];
  // The picture of the first moment.
  document.getElementById('shell')?.remove();
  const heading = document.createElement('h1');
  heading.textContent = couldNotLoad;
  const why = document.createElement('p');
  why.textContent = partLost;
  const again = document.createElement('button');
  again.className = 'button';
  again.textContent = loadAgain;
  again.addEventListener('click', () => location.reload());
  const card = document.createElement('main');
  card.className = 'lost';
  card.append(heading, why, again);
  place.replaceChildren(card);
}
