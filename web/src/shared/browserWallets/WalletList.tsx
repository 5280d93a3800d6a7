import type { JSX } from 'react';
import { LookIcon } from '../ui/icons.tsx';
import type { FoundWallet } from './discovery.ts';
import './walletList.css';

/** Wallets of this browser, to choose one. */
export function WalletList({
  wallets,
  isOff,
  onChoose,
}: {
  readonly wallets: readonly FoundWallet[];
  readonly isOff: boolean;
  readonly onChoose: (wallet: FoundWallet) => void;
}): JSX.Element {
  return (
    <ul className="wallet-choice">
      {wallets.map((wallet) => (
        <li key={wallet.id}>
          <button
            className="wallet-button"
            type="button"
            disabled={isOff}
            onClick={() => onChoose(wallet)}
          >
            {wallet.icon === null ? (
              <span className="row-icon">
                <LookIcon icon={null} otherwise="bag" />
              </span>
            ) : (
              <img src={wallet.icon} alt="" width="40" height="40" />
            )}
            {wallet.name}
          </button>
        </li>
      ))}
    </ul>
  );
}
