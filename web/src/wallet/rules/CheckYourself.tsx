import type { JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { Details, Fact } from '../../shared/ui/Details.tsx';
import { QrCode } from '../../shared/ui/qr/QrCode.tsx';
import type { RulesView } from './queries.ts';

/** Address of the page on which anybody checks the program, from the block on in which it began. */
export const auditAddress = (
  { chainId, address, createdAt }: Pick<RulesView, 'chainId' | 'address' | 'createdAt'>,
  origin = '',
): string => `${origin}/audit/#/${chainId}/${address}?from=${createdAt.blockNumber}`;

/** Where to check all of it without trusting the service: here, or on another device by the code. */
export function CheckYourself({ program }: { readonly program: RulesView }): JSX.Element {
  const { t } = useTranslation('wallet');
  return (
    <section className="card" aria-labelledby="check-title">
      <h2 id="check-title">{t('rules.check.title')}</h2>
      <div className="check">
        <div>
          <p>{t('rules.check.words')}</p>
          <div className="actions">
            <a className="button quiet" href={auditAddress(program)} target="_blank" rel="noopener">
              {t('rules.check.open')}
            </a>
          </div>
        </div>
        <figure>
          <QrCode text={auditAddress(program, location.origin)} label={t('rules.check.code')} />
          <figcaption>{t('rules.check.scan')}</figcaption>
        </figure>
      </div>
      <Details>
        <Fact name={t('me.program')}>{program.address}</Fact>
        <Fact name={t('me.chain')}>{program.chainId}</Fact>
        <Fact name={t('line.block')}>{program.createdAt.blockNumber}</Fact>
      </Details>
    </section>
  );
}
