import { useId, useState, type JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { Sheet } from '../../shared/ui/Sheet.tsx';
import { groupsOf, readAddress } from './address.ts';

/** An address that can be compared with another one. */
export function AddressGroups({ address }: { readonly address: string }): JSX.Element {
  return (
    <span className="address">
      {groupsOf(address).map((group, index) => (
        <span key={index}>{group}</span>
      ))}
    </span>
  );
}

/** Asks once more, as what was sent can not be called back. */
function ConfirmSheet({
  to,
  sum,
  onSend,
  onClose,
}: {
  readonly to: string;
  readonly sum: string;
  readonly onSend: () => void;
  readonly onClose: () => void;
}) {
  const { t } = useTranslation('wallet');
  return (
    <Sheet title={t('money.confirm', { sum })} onClose={onClose}>
      <p className="money-note">{t('money.confirmTo')}</p>
      <AddressGroups address={to} />
      <p className="money-note">{t('money.confirmWords')}</p>
      <div className="actions">
        <button className="button quiet" type="button" onClick={onClose}>
          {t('money.notYet')}
        </button>
        <button className="button" type="button" onClick={onSend}>
          {t('money.send', { sum })}
        </button>
      </div>
    </Sheet>
  );
}

/** Chooses where the money goes: the member's own wallet, or an address. */
export function SendForm({
  sum,
  network,
  ownAccount,
  account,
  isOff,
  onSend,
}: {
  /** All of it, in words. */
  readonly sum: string;
  /** The network that the money is on, in words. */
  readonly network: string;
  readonly ownAccount: string | null;
  /** The account that the money would come from: nothing is sent there. */
  readonly account: string;
  readonly isOff: boolean;
  readonly onSend: (to: `0x${string}`) => void;
}): JSX.Element {
  const { t } = useTranslation('wallet');
  const id = useId();
  const [text, setText] = useState('');
  const [hasTried, setTried] = useState(false);
  const [to, setTo] = useState<`0x${string}` | null>(null);
  const typed = readAddress(text);
  const isHere = typed?.toLowerCase() === account.toLowerCase();
  const isWrong = typed === null || isHere;
  const problem = isHere ? t('money.problem.here') : t('money.problem.address');
  const isShown = hasTried && isWrong;
  return (
    <>
      {ownAccount !== null && (
        <div className="money-own">
          <AddressGroups address={ownAccount} />
          <button
            className="button whole"
            type="button"
            disabled={isOff}
            onClick={() => setTo(readAddress(ownAccount))}
          >
            {t('money.toOwn')}
          </button>
          <p className="money-note">{t('money.or')}</p>
        </div>
      )}
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          setTried(true);
          if (!isWrong) setTo(typed);
        }}
      >
        <label className="money-label" htmlFor={id}>
          {t('money.address')}
        </label>
        <input
          id={id}
          className="money-input"
          value={text}
          placeholder={t('money.placeholder')}
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          aria-invalid={isShown}
          aria-describedby={`${id}-problem ${id}-note`}
          onInput={(event) => setText(event.currentTarget.value)}
        />
        <p className="money-problem" id={`${id}-problem`} role="status">
          {isShown && problem}
        </p>
        <p className="money-note" id={`${id}-note`}>
          {t('money.network', { network })}
        </p>
        <button
          className={`button whole${ownAccount === null ? '' : ' quiet'}`}
          type="submit"
          disabled={isOff}
        >
          {t('money.send', { sum })}
        </button>
      </form>
      {to !== null && (
        <ConfirmSheet
          to={to}
          sum={sum}
          onClose={() => setTo(null)}
          onSend={() => {
            setTo(null);
            setText('');
            setTried(false);
            onSend(to);
          }}
        />
      )}
    </>
  );
}
