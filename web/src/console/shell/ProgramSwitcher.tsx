import { Menu } from '@mantine/core';
import type { JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { isTestProgram, programIdIn, useSignedIn, useWorkplace } from '../access/workplace.ts';
import { ProgramMark } from './ProgramMark.tsx';

/** Organisation and program in one menu; each with its environment. */
export function ProgramSwitcher(): JSX.Element {
  const { t } = useTranslation('console');
  const { person } = useSignedIn();
  const { organisation, membership, program, isTest } = useWorkplace();
  const { programs } = organisation;
  const others = person.memberships.filter((each) => each.organisation.id !== organisation.id);
  return (
    <Menu width={260} position="bottom-start">
      <Menu.Target>
        <button className="switcher" type="button">
          <ProgramMark program={program} />
          <span>
            <b>{program.name}</b>{' '}
            <span className="switcher-where">
              <small>{membership.organisation.name}</small>
              {!isTest && <span className="tag better">{t('test.live')}</span>}
            </span>
          </span>
          <svg
            viewBox="0 0 16 16"
            fill="none"
            stroke="currentColor"
            strokeWidth="1.8"
            aria-hidden="true"
          >
            <path d="m4.500 6 3.500-3 3.500 3M4.500 10 8 13l3.500-3" />
          </svg>
          <span className="visually-hidden">{t('switcher.title')}</span>
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{membership.organisation.name}</Menu.Label>
        {programs.map((each) => (
          <Menu.Item
            key={each.id}
            component="a"
            href={`/console/p/${programIdIn(each)}`}
            leftSection={<ProgramMark program={each} />}
            rightSection={
              <span className={isTestProgram(organisation, each) ? 'tag waiting' : 'tag better'}>
                {isTestProgram(organisation, each) ? t('test.name') : t('test.live')}
              </span>
            }
            {...(each.id === program.id && { 'aria-current': 'true' })}
          >
            {each.name}
          </Menu.Item>
        ))}
        {(membership.role === 'OWNER' || membership.role === 'MANAGER') && (
          <Menu.Item component="a" href={`/console/o/${membership.organisation.slug}/new`}>
            {t('switcher.new')}
          </Menu.Item>
        )}
        {others.length > 0 && <Menu.Label>{t('switcher.others')}</Menu.Label>}
        {others.map((each) => (
          <Menu.Item
            key={each.organisation.id}
            component="a"
            href={`/console/o/${each.organisation.slug}`}
          >
            {each.organisation.name}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
