import { useState, type JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { showTime } from '../../shared/format/dates.ts';
import type { ResultOf } from '../../shared/graphql/graphql.ts';
import { chooseLanguage } from '../../shared/i18n/i18n.ts';
import type { PageLanguage } from '../../shared/i18n/language.ts';
import { usePolled } from '../../shared/polling/usePolled.ts';
import { Details, Fact } from '../../shared/ui/Details.tsx';
import { ForwardIcon, LookIcon, RulesIcon } from '../../shared/ui/icons.tsx';
import { chooseTheme, chosenTheme, type Theme } from '../../shared/ui/theme/theme.ts';
import { OwnWalletButton } from '../link/OwnWalletButton.tsx';
import { Loaded, Page } from '../shell/Page.tsx';
import { usePointName } from '../shell/useProgram.ts';
import { loadWords } from '../i18n/words.ts';
import { Choice } from './Choice.tsx';
import { MeQuery } from './queries.ts';
import './me.css';

type MeView = ResultOf<typeof MeQuery>['viewer'];

const LINES = [330, 165];

/** The two ends of an address are enough to tell it from others. */
const shortAddress = (address: string): string => `${address.slice(0, 6)}…${address.slice(-4)}`;

function Account({ viewer }: { readonly viewer: MeView }): JSX.Element {
  const { t, i18n } = useTranslation('wallet');
  const points = usePointName();
  const { memberId, member, program } = viewer;
  const isOwn = member !== null && !member.isCustodial;
  const account = (isOwn ? member.ownAccount : member?.account) ?? null;
  const quota = member?.quota ?? null;
  return (
    <section className="card" aria-labelledby="account-title">
      <h2 id="account-title">{t('me.account')}</h2>
      <p className="me-id">{t('me.known', { memberId })}</p>
      <p>{isOwn ? t('me.own', { points }) : t('me.custody', { points })}</p>
      {!isOwn && quota !== null && (
        <p>
          {t('me.quota', { left: quota.left, all: program.limits.paidCalls })}
          {quota.renewsAt !== null &&
            `${t('between')}${t('me.quotaAgain', { time: showTime(quota.renewsAt, i18n.language) })}`}
        </p>
      )}
      {member !== null && (
        <div className="actions">
          <OwnWalletButton isOwn={isOwn} />
        </div>
      )}
      <Details>
        {account !== null && (
          <Fact name={t('me.address')}>
            <span title={shortAddress(account)}>{account}</span>
          </Fact>
        )}
        <Fact name={t('me.program')}>{program.address}</Fact>
        <Fact name={t('me.chain')}>{program.chainId}</Fact>
      </Details>
    </section>
  );
}

function Looks(): JSX.Element {
  const { t, i18n } = useTranslation('wallet');
  const [theme, setTheme] = useState<Theme>(chosenTheme);
  return (
    <section className="card me-looks" aria-label={t('me.looks')}>
      <Choice<PageLanguage>
        title={t('me.language')}
        value={i18n.language === 'zh' ? 'zh' : 'en'}
        onChoose={(language) => void chooseLanguage(loadWords, language)}
        options={[
          { value: 'en', words: t('me.languages.en'), lang: 'en' },
          { value: 'zh', words: t('me.languages.zh'), lang: 'zh-CN' },
        ]}
      />
      <Choice<Theme>
        title={t('me.theme')}
        value={theme}
        onChoose={(chosen) => {
          setTheme(chosen);
          chooseTheme(chosen, true);
        }}
        options={[
          { value: 'system', words: t('me.themes.system') },
          { value: 'light', words: t('me.themes.light') },
          { value: 'dark', words: t('me.themes.dark') },
        ]}
      />
    </section>
  );
}

const PATHS = [
  { to: '/me/receipts', key: 'receipts', Icon: RulesIcon },
  { to: '/me/keep', key: 'keep', Icon: () => <LookIcon icon={null} otherwise="bag" /> },
] as const;

function Mine(): JSX.Element {
  const { t } = useTranslation('wallet');
  return (
    <section className="card" aria-label={t('me.mine')}>
      <ul className="rows">
        {PATHS.map(({ to, key, Icon }) => (
          <li key={to}>
            <Link className="row" href={to}>
              <span className="row-icon">
                <Icon />
              </span>
              <span>
                <span className="row-title">{t(`me.${key}.title`)}</span>
                <span className="row-note">{t(`me.${key}.words`)}</span>
              </span>
              <span className="row-forward">
                <ForwardIcon />
              </span>
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Whose account this is and who keeps it, what the member may keep, and how the page looks. */
export function MePage(): JSX.Element {
  const { t } = useTranslation('wallet');
  const points = usePointName();
  const { data, ...rest } = usePolled(MeQuery);
  return (
    <Page title={t('tabs.me')}>
      <Loaded polled={{ data: data?.viewer ?? null, ...rest }} lines={LINES}>
        {(viewer) => (
          <>
            <Account viewer={viewer} />
            <Mine />
          </>
        )}
      </Loaded>
      <Looks />
      <section className="card" aria-labelledby="help-title">
        <h2 id="help-title">{t('me.help')}</h2>
        <ul className="me-help">
          <li>{t('me.helpFinal', { points })}</li>
          <li>{t('me.helpLate', { points })}</li>
          <li>{t('me.helpKey')}</li>
        </ul>
      </section>
    </Page>
  );
}
