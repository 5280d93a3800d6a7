import type { JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'wouter';
import { BuybackIcon, DropIcon, GiftIcon, MeIcon, RulesIcon } from '../../shared/ui/icons.tsx';
import { useProgram } from './useProgram.ts';

/** Each tab, with the beginnings of the paths under it. */
const TABS = [
  { key: 'drops', to: '/', under: ['/list', '/aside', '/activity'], Icon: DropIcon },
  { key: 'rewards', to: '/rewards', under: ['/orders'], Icon: GiftIcon },
  { key: 'buyback', to: '/buyback', under: ['/money'], Icon: BuybackIcon },
  { key: 'rules', to: '/rules', under: ['/changes'], Icon: RulesIcon },
  { key: 'me', to: '/me', under: [], Icon: MeIcon },
] as const;

/** Where the member can go: below on a phone, above on a desk and in a frame. */
export function Tabs(): JSX.Element {
  const { t } = useTranslation('wallet');
  const [path] = useLocation();
  const hasNews = useProgram()?.pendingChange != null;
  return (
    <nav className="tabs" aria-label={t('tabs.title')}>
      {TABS.map(({ key, to, under, Icon }) => {
        const places = [...(to === '/' ? [] : [to]), ...under];
        const isHere = path === to || places.some((place) => path.startsWith(place));
        return (
          <Link key={key} href={to} aria-current={isHere ? 'page' : undefined}>
            {key === 'rules' && hasNews ? (
              <span className="badge">
                <Icon />
                <span className="visually-hidden">{t('tabs.news')}</span>
              </span>
            ) : (
              <Icon />
            )}
            <span>{t(`tabs.${key}`)}</span>
          </Link>
        );
      })}
    </nav>
  );
}
