import type { JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { POINT_DECIMALS, showMoney, showPoints, toBase } from '../../../shared/format/amounts.ts';
import { usePolled, usePoller } from '../../../shared/polling/usePolled.ts';
import { usePointName } from '../../shell/useProgram.ts';
import { compareLimits, type BuybackTermsView } from '../../terms/difference.ts';
import { Reading } from './Reading.tsx';
import { outcomeOf, type PastOffer, type RoundOutcome } from './underTerms.ts';
import { PastOffersQuery, type ChangeView } from '../data/queries.ts';

const MOST_ROUNDS = 3;
const ONE_ROUND_PX = 76;
const EXAMPLE_POINTS = '100.00';

type Difference =
  'same' | 'sameMoney' | 'lessMoney' | 'moreMoney' | 'notTaken' | 'takenNow' | 'neither';

/** What is different for an offer, in one word of the catalogue. */
function differenceOf(before: RoundOutcome, after: RoundOutcome): Difference {
  if (before.isTooSmall && after.isTooSmall) return 'neither';
  if (after.isTooSmall) return 'notTaken';
  if (before.isTooSmall) return 'takenNow';
  const money = compareLimits(after.paid, before.paid);
  if (money !== 0) return money < 0 ? 'lessMoney' : 'moreMoney';
  return compareLimits(after.given, before.given) === 0 ? 'same' : 'sameMoney';
}

function Offer({
  title,
  offer,
  before,
  after,
  program,
}: {
  readonly title: string;
  readonly offer: PastOffer;
  readonly before: BuybackTermsView;
  readonly after: BuybackTermsView;
  readonly program: ChangeView['program'];
}): JSX.Element {
  const { t } = useTranslation('wallet');
  const points = usePointName();
  const { symbol, decimals } = program.settings.settlementToken;
  const old = outcomeOf(offer, before, decimals);
  const other = outcomeOf(offer, after, decimals);
  const money = (sum: string): string => `${showMoney(sum)} ${symbol}`;
  const words = {
    ...{ points, amount: showPoints(offer.amount) },
    ...{ paid: money(other.paid), given: showPoints(other.given) },
    ...{ paidBefore: money(old.paid), givenBefore: showPoints(old.given) },
  };
  return (
    <li>
      <h3>{title}</h3>
      <p>{t(`changes.forMe.round.${differenceOf(old, other)}`, words)}</p>
    </li>
  );
}

/** What the member's own past rounds would have given on other terms, or an example where there is none. */
export function BuybackForMe({
  viewer,
  before,
  after,
}: {
  readonly viewer: ChangeView;
  readonly before: BuybackTermsView;
  readonly after: BuybackTermsView;
}): JSX.Element {
  const { t } = useTranslation('wallet');
  const points = usePointName();
  const asked = usePolled(PastOffersQuery);
  const poller = usePoller();
  const { data, error } = asked;
  if (data === null) {
    return <Reading height={ONE_ROUND_PX} asked={{ error, again: poller.refresh }} />;
  }
  const shares = (data.viewer.member?.shares.edges ?? [])
    .map(({ node }) => node)
    .filter(({ round }) => round.result !== null)
    .slice(0, MOST_ROUNDS);
  const { program, member } = viewer;
  const shared = { before, after, program };
  if (shares.length > 0) {
    return (
      <ul className="for-me-rounds">
        {shares.map(({ amount, round: { number, tendered, result } }) => {
          const money = result?.covered === true ? null : (result?.budget ?? null);
          const offer = { amount, tendered, money };
          const title = t('changes.forMe.inRound', { number, amount: showPoints(amount), points });
          return <Offer key={number} title={title} offer={offer} {...shared} />;
        })}
      </ul>
    );
  }
  const settled = member?.balance.settled ?? '0';
  const mine = toBase(settled, POINT_DECIMALS) > 0n ? settled : EXAMPLE_POINTS;
  const offer = { amount: mine, tendered: mine, money: null };
  return (
    <>
      <p>{t('changes.forMe.noPast')}</p>
      <ul className="for-me-rounds">
        <Offer
          title={t('changes.forMe.alone', { amount: showPoints(mine), points })}
          offer={offer}
          {...shared}
        />
      </ul>
    </>
  );
}
