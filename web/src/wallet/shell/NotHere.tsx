import type { JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { DropIcon } from '../../shared/ui/icons.tsx';
import { Empty } from '../../shared/ui/States.tsx';
import { Page } from './Page.tsx';

/** An address that has no page. */
export function NotHere(): JSX.Element {
  const { t } = useTranslation('wallet');
  return (
    <Page title={t('notHere.title')}>
      <Empty picture={<DropIcon />} words={t('notHere.words')}>
        <Link className="button" href="/">
          {t('notHere.home')}
        </Link>
      </Empty>
    </Page>
  );
}
