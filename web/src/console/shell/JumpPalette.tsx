import { Modal, TextInput } from '@mantine/core';
import { useContext, useEffect, useId, useState, type JSX, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { DesksContext, addressOfDesk } from '../parts/desks.ts';

interface Jump {
  readonly words: string;
  readonly href: string;
}

/** `keyCode` of a key that an input method takes. */
const INPUT_METHOD_KEY = 229;
/** What a typed text may be of, by the noun of its page; numbers alone for those that are numbered. */
const THINGS = [
  { noun: 'members', isNumbered: false },
  { noun: 'orders', isNumbered: true },
  { noun: 'changes', isNumbered: true },
] as const;

/** Goes anywhere by typing: a page, a member, an order, a change. `Ctrl K` or `⌘K` opens it. */
export function JumpPalette(): JSX.Element {
  const { t } = useTranslation('console');
  const desks = useContext(DesksContext);
  const [, navigate] = useLocation();
  const [isOpen, setOpen] = useState(false);
  const [typed, setTyped] = useState('');
  const [at, setAt] = useState(0);
  const listId = useId();
  useEffect(() => {
    const pressed = (event: globalThis.KeyboardEvent): void => {
      if (event.key.toLowerCase() !== 'k' || !(event.ctrlKey || event.metaKey)) return;
      event.preventDefault();
      setTyped('');
      setAt(0);
      setOpen(true);
    };
    addEventListener('keydown', pressed);
    return () => removeEventListener('keydown', pressed);
  }, []);
  const text = typed.trim();
  const isNumber = /^\d+$/.test(text);
  const jumps: Jump[] = [
    ...desks
      .map(({ noun }) => ({ words: t(`nav.${noun}`), href: addressOfDesk(noun) }))
      .filter(({ words }) => words.toLowerCase().includes(text.toLowerCase())),
    ...THINGS.filter(
      ({ noun, isNumbered }) =>
        text !== '' && (isNumber || !isNumbered) && desks.some((desk) => desk.noun === noun),
    ).map(({ noun }) => ({
      words: t(`jump.${noun}`, { text }),
      href: `/${noun}/${encodeURIComponent(text)}`,
    })),
  ];
  const go = (jump: Jump | undefined): void => {
    if (jump === undefined) return;
    setOpen(false);
    navigate(jump.href);
  };
  const steer = (event: KeyboardEvent): void => {
    // Keys of an input method choose its words; one browser tells the last of them by its number alone.
    if (event.nativeEvent.isComposing || event.keyCode === INPUT_METHOD_KEY) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (event.key === 'Enter') go(jumps[at]);
    if (step === undefined || jumps.length === 0) return;
    event.preventDefault();
    setAt((at + step + jumps.length) % jumps.length);
  };
  return (
    <Modal
      opened={isOpen}
      onClose={() => setOpen(false)}
      withCloseButton={false}
      title={t('jump.title')}
    >
      <TextInput
        data-autofocus
        role="combobox"
        aria-label={t('jump.title')}
        aria-expanded="true"
        aria-controls={listId}
        {...(jumps.length > 0 && { 'aria-activedescendant': `${listId}-${at}` })}
        placeholder={t('jump.what')}
        value={typed}
        onChange={({ currentTarget }) => {
          setTyped(currentTarget.value);
          setAt(0);
        }}
        onKeyDown={steer}
      />
      <ul className="jumps" role="listbox" id={listId} aria-label={t('jump.title')}>
        {jumps.map((jump, index) => (
          // The keyboard steers the field above, which tells which one is chosen.
          // eslint-disable-next-line jsx-a11y/click-events-have-key-events
          <li
            key={jump.href}
            id={`${listId}-${index}`}
            role="option"
            aria-selected={index === at}
            onClick={() => go(jump)}
          >
            {jump.words}
          </li>
        ))}
      </ul>
      {jumps.length === 0 && <p className="lead">{t('jump.none')}</p>}
    </Modal>
  );
}
