import { Popover } from '@mantine/core';
import { useState, type JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { useSignedIn, useWorkplace } from '../access/workplace.ts';
import { LookChoices } from './LookChoices.tsx';

/** Who is signed in and as what; language, look, and the way out. */
export function PersonMenu(): JSX.Element {
  const { t } = useTranslation('console');
  const { person, signOut } = useSignedIn();
  const { role } = useWorkplace();
  const [isOpen, setOpen] = useState(false);
  return (
    <Popover
      opened={isOpen}
      onChange={setOpen}
      width={320}
      position="top-start"
      shadow="md"
      radius="lg"
      trapFocus
    >
      <Popover.Target>
        <button className="person-button" type="button" onClick={() => setOpen(!isOpen)}>
          <span className="person-letter" aria-hidden="true">
            {person.name.slice(0, 1).toUpperCase()}
          </span>
          <span className="person-words">
            <b>{person.name}</b> <small>{t(`roles.${role}`)}</small>
          </span>
        </button>
      </Popover.Target>
      <Popover.Dropdown aria-label={t('person')}>
        <p className="person-mail">{person.email}</p>
        <LookChoices />
        <Link className="button quiet whole" href="/team/you" onClick={() => setOpen(false)}>
          {t('ownSignIn')}
        </Link>
        <button className="button quiet whole" type="button" onClick={() => void signOut()}>
          {t('signOut')}
        </button>
      </Popover.Dropdown>
    </Popover>
  );
}
