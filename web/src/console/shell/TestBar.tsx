import { useEffect, type JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { programIdIn, isTestProgram, useWorkplace } from '../access/workplace.ts';
import testDrop from './testDrop.svg';

/** Stripes over every page of a program in test, and in its icon: no one takes it for the real one. */
export function TestBar(): JSX.Element | null {
  const { t } = useTranslation('console');
  const { isTest, organisation } = useWorkplace();
  useEffect(() => {
    const icon = document.querySelector<HTMLLinkElement>('link[rel="icon"]');
    if (icon === null || !isTest) return undefined;
    icon.href = testDrop;
    return () => {
      icon.href = '/drop.svg';
    };
  }, [isTest]);
  if (!isTest) return null;
  const live = organisation.programs.find((program) => !isTestProgram(organisation, program));
  return (
    <section className="test-bar" aria-label={t('test.name')}>
      <span>{t('test.name')}</span>
      <span>{t('test.words')}</span>
      {live === undefined ? (
        <Link href="/live">{t('test.goLive')}</Link>
      ) : (
        <a href={`/console/p/${programIdIn(live)}`}>{t('test.toLive')}</a>
      )}
    </section>
  );
}
