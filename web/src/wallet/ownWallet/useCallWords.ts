import { useTranslation } from 'react-i18next';
import { fromBase, POINT_DECIMALS, showPoints } from '../../shared/format/amounts.ts';
import { usePointName } from '../shell/useProgram.ts';
import type { ReadCall } from './readCall.ts';

const pointsOf = (units = '0'): string => showPoints(fromBase(BigInt(units), POINT_DECIMALS));

/** Says in words what a call does, by what its bytes say. */
export function useCallWords(): (read: ReadCall) => string {
  const { t } = useTranslation('wallet');
  const points = usePointName();
  return ({ name, args }) =>
    t(`ownWallet.call.${name as 'tender'}`, {
      points,
      amount: pointsOf(args['amount'] ?? args['maxPrice']),
      number: args['round'] ?? args['id'] ?? args['item'] ?? args['order'],
      quantity: args['quantity'],
    });
}
