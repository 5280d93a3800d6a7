import type { JSX } from 'react';
import type { OrderLook } from './orderLooks.ts';

const DROP = 'M60 12c1.6 8 15 15 15 26a15 15 0 0 1-30 0c0-11 13.4-18 15-26Z';

/** A cup: the drop falls into it when the order was handed over, and lies beside it when the points came back. */
export function OrderPicture({ look }: { readonly look: OrderLook }): JSX.Element {
  const isIn = look === 'FULFILLED';
  return (
    <svg className="order-picture" viewBox="0 46 120 64" aria-hidden="true">
      <ellipse className="cup-shadow" cx="60" cy="104" rx="38" ry="5" />
      {isIn && <path className="cup-drop falls" d={DROP} />}
      <path className="cup-handle" d="M86 62h6a12 12 0 0 1 0 24h-8" />
      <path className="cup" d="M30 54h58v22a24 24 0 0 1-24 24H54a24 24 0 0 1-24-24Z" />
      {isIn && (
        <path
          className="cup-water"
          d="M35 66c8-4 16-4 24 0s16 4 24 0v10a19 19 0 0 1-19 19H54a19 19 0 0 1-19-19Z"
        />
      )}
      {!isIn && <path className="cup-drop" d={DROP} transform="translate(46 58) scale(0.78)" />}
    </svg>
  );
}
