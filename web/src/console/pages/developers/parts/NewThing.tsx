import { useState, type JSX, type ReactNode } from 'react';
import { ActButton } from '../../../access/ActButton.tsx';
import type { Need } from '../../../access/barrier.ts';
import { useFocusTurn } from '../../../parts/useFocusHere.ts';
import { SecretOnce } from './SecretOnce.tsx';

/** Something new with a secret: a button, its form once it was pressed, and then the secret in the same place. */
export function NewThing({
  title,
  words,
  needs,
  made,
  children,
}: {
  readonly title: string;
  readonly words: string;
  readonly needs: Need;
  readonly made: {
    readonly title: string;
    readonly words: string;
    /** Null while there is none. */
    readonly secret: string | null;
    readonly onKept: () => void;
  };
  /** The form. */
  readonly children: ReactNode;
}): JSX.Element {
  const [isOpen, setOpen] = useState(false);
  const { secret, onKept } = made;
  const place = useFocusTurn<HTMLElement>(isOpen, 'input');
  if (secret !== null) {
    const keep = (): void => {
      setOpen(false);
      onKept();
    };
    return (
      <aside className="dev-first">
        <SecretOnce title={made.title} words={made.words} secret={secret} onKept={keep} />
      </aside>
    );
  }
  return (
    <aside className="dev-first" ref={place}>
      {isOpen ? (
        children
      ) : (
        <section className="panel" aria-label={title}>
          <div className="panel-head">
            <h2>{title}</h2>
          </div>
          <div className="part dev-body">
            <p className="dev-why">{words}</p>
            <ActButton needs={needs} onClick={() => setOpen(true)}>
              {title}
            </ActButton>
          </div>
        </section>
      )}
    </aside>
  );
}
