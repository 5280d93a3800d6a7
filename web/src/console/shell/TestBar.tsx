import { useEffect, type JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { programIdIn, isTestProgram, useWorkplace } from '../access/workplace.ts';
import testDrop from './testDrop.svg';

/** Stripes over every page of a program in test, and in its icon: no one takes it for the real one. */
export function TestBar(): JSX.Element | null {
  const { t } = useTranslation('console');
  const { isTest, organisation, program } = useWorkplace();
  useEffect(() => {
    const icon = document.querySelector<HTMLLinkElement>('link[rel="icon"]');
    if (icon === null || !isTest) return undefined;
    icon.href = testDrop;
    return () => {
      icon.href = '/drop.svg';
    };
  }, [isTest]);
  if (!isTest) return null;
  // Another program that is live says nothing of this one.
  const live = organisation.programs.find(
    (each) => each.name === program.name && !isTestProgram(organisation, each),
  );
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
