import type { JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { WHO_MAY, type Need } from '../../access/barrier.ts';
import type { DeskNoun } from '../../icons/deskIcons.tsx';
import { useWorkplace } from '../../access/workplace.ts';
import { ToDesk } from '../../parts/ToDesk.tsx';
import type { TodayProgram } from './due.ts';

interface FirstStep {
  readonly name: 'key' | 'action' | 'embed' | 'reserve';
  readonly noun: DeskNoun;
  readonly needs: Need;
  readonly isDone: boolean;
}

/** What a new program needs, with ticks; gone once all of it is there, and for those who may do none of it. */
export function FirstSteps({
  program,
  hasKey,
  hasAction,
}: {
  readonly program: TodayProgram;
  readonly hasKey: boolean | null;
  readonly hasAction: boolean | null;
}): JSX.Element | null {
  const { t } = useTranslation('today');
  const { isTest, role } = useWorkplace();
  const may = (need: Need): boolean => WHO_MAY[need].includes(role);
  if (hasKey === null || hasAction === null) return null;
  const hasMoney = !/^0(\.0*)?$/.test(program.reserve.total);
  const steps: readonly FirstStep[] = [
    { name: 'key', noun: 'developers', needs: 'OWNER', isDone: hasKey },
    { name: 'action', noun: 'developers', needs: 'MANAGER', isDone: hasAction },
    {
      ...{ name: 'embed', noun: 'developers', needs: 'MANAGER' },
      isDone: program.origins.length > 0,
    },
    { name: 'reserve', noun: 'buyback', needs: 'OWNER', isDone: hasMoney },
  ];
  const done = steps.filter(({ isDone }) => isDone).length;
  if (done === steps.length || !may('MANAGER')) return null;
  return (
    <section className="panel" aria-labelledby="first-steps">
      <div className="panel-head">
        <h2 id="first-steps">{t('steps.title')}</h2>
        <span className="tag">{t('steps.done', { done, all: steps.length })}</span>
      </div>
      <ol>
        {steps.map(({ name, noun, needs, isDone }) => (
          <li key={name} className={`panel-row step${isDone ? ' is-done' : ''}`}>
            <svg
              viewBox="0 0 20 20"
              fill="none"
              stroke="currentColor"
              strokeWidth="2"
              aria-hidden="true"
            >
              <circle cx="10" cy="10" r="8" />
              {isDone && <path d="m6.500 10.300 2.400 2.400 4.700-5.200" />}
            </svg>
            <span className="due-words">
              <b>{t(`steps.${name}.title`)}</b> {t(`steps.${name}.words`)}
              <span className="visually-hidden">
                {isDone ? t('steps.isDone') : t('steps.isOpen')}
              </span>
            </span>
            {!isDone && may(needs) && (
              <span>
                <ToDesk noun={noun}>{t(`steps.${name}.go`)}</ToDesk>
              </span>
            )}
          </li>
        ))}
      </ol>
      {isTest && may('OWNER') && (
        <p className="part">
          {t('steps.live.words')} <Link href="/live">{t('steps.live.go')}</Link>
        </p>
      )}
    </section>
  );
}
