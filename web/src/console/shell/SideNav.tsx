import { useContext, useEffect, useRef, type JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'wouter';
import { DeskIcon, type DeskNoun } from '../icons/deskIcons.tsx';
import { addressOfDesk, DesksContext } from '../parts/desks.ts';
import { OpenOrders } from './OpenOrders.tsx';

/** The order of the entries: what is done every day, then what is set up. Those without a page are left out. */
const DAILY: readonly DeskNoun[] = [
  ...(['today', 'rules', 'changes', 'buyback', 'liability'] as const),
  ...(['catalogue', 'orders', 'members', 'review'] as const),
];
const SET_UP: readonly DeskNoun[] = ['developers', 'team', 'billing', 'settings'];

/** The pages of the program: a column on a desk, a row that scrolls on a phone. */
export function SideNav(): JSX.Element {
  const { t } = useTranslation('console');
  const desks = useContext(DesksContext);
  const [path] = useLocation();
  const row = useRef<HTMLElement>(null);
  useEffect(() => {
    const { current } = row;
    const entry = current?.querySelector<HTMLElement>('[aria-current]');
    // In the row it may be out of sight; the page itself stays where it is.
    if (current != null && entry != null) {
      current.scrollLeft = entry.offsetLeft - (current.clientWidth - entry.clientWidth) / 2;
    }
  }, [path]);
  const entries = (nouns: readonly DeskNoun[]): JSX.Element[] =>
    nouns
      .filter((noun) => desks.some((desk) => desk.noun === noun))
      .map((noun) => {
        const address = addressOfDesk(noun);
        const isHere = noun === 'today' ? path === '/' : `${path}/`.startsWith(`${address}/`);
        return (
          <Link key={noun} href={address} {...(isHere && { 'aria-current': 'page' as const })}>
            <DeskIcon noun={noun} />
            {t(`nav.${noun}`)}
            {noun === 'orders' && <OpenOrders />}
          </Link>
        );
      });
  const setUp = entries(SET_UP);
  return (
    <nav className="side-nav" aria-label={t('navigation')} ref={row}>
      {entries(DAILY)}
      {setUp.length > 0 && <hr />}
      {setUp}
    </nav>
  );
}
