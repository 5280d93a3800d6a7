import type { JSX } from 'react';

/** Shapes that are drawn more than once. */
export function Shapes(): JSX.Element {
  return (
    <svg className="shapes" width="0" height="0" aria-hidden="true">
      <defs>
        <radialGradient id="dew-water" cx="0.5" cy="0.86" r="0.86">
          <stop offset="0" stopColor="#f6fffc" />
          <stop offset="0.38" stopColor="#cdf5ec" />
          <stop offset="0.72" stopColor="#7fd9d0" />
          <stop offset="1" stopColor="#2ea9a6" />
        </radialGradient>
        <linearGradient id="dew-rim" x1="0" y1="0" x2="0" y2="1">
          <stop offset="0" stopColor="#fff" stopOpacity="0.95" />
          <stop offset="0.55" stopColor="#fff" stopOpacity="0.35" />
          <stop offset="1" stopColor="#0b6b6b" stopOpacity="0.45" />
        </linearGradient>
        <linearGradient id="leaf" x1="0" y1="0" x2="1" y2="1">
          <stop className="leaf-light" offset="0" />
          <stop className="leaf-dark" offset="1" />
        </linearGradient>
        <radialGradient id="sun">
          <stop className="sun-core" offset="0" />
          <stop className="sun-glow" offset="0.35" />
          <stop className="sun-edge" offset="1" />
        </radialGradient>
        <symbol id="dew" viewBox="0 0 96 112">
          <path
            d="M48 3c3 16 38 33 38 67a38 38 0 0 1-76 0C10 36 45 19 48 3Z"
            fill="url(#dew-water)"
          />
          <path
            d="M48 6c4 15 36.5 31 36.5 64a36.5 36.5 0 0 1-73 0C11.5 37 44 21 48 6Z"
            fill="none"
            stroke="url(#dew-rim)"
            strokeWidth="2.5"
          />
          <path
            d="M26 52c3-10 9-17 14-22-9 3-20 17-21 33 0 5 5 1 7-11Z"
            fill="#fff"
            opacity="0.85"
          />
          <circle cx="23" cy="76" r="3.6" fill="#fff" opacity="0.8" />
          <path
            d="M26 94c6 6 14 9 22 9s16-3 22-9c-6 3-14 4.5-22 4.5s-16-1.5-22-4.5Z"
            fill="#fff"
            opacity="0.75"
          />
        </symbol>
        <symbol id="dew-unripe" viewBox="0 0 96 112">
          <path
            d="M48 3c3 16 38 33 38 67a38 38 0 0 1-76 0C10 36 45 19 48 3Z"
            className="unripe"
            strokeWidth="2.4"
            strokeDasharray="5 6"
            strokeLinecap="round"
          />
        </symbol>
        <symbol id="leaf-shape" viewBox="0 0 84 40">
          <path d="M1 22C16 2 50-4 83 12 68 36 30 44 1 22Z" fill="url(#leaf)" />
          <path
            d="M4 22C28 19 54 16 80 12.5"
            fill="none"
            stroke="#d9f5e6"
            strokeOpacity="0.6"
            strokeWidth="1.4"
          />
        </symbol>
      </defs>
    </svg>
  );
}

/** Each leaf: width, height, and where it hangs. */
const LEAVES = [
  [80, 38, 'translate(14 122) rotate(-24)'],
  [84, 40, 'translate(30 132) rotate(30)'],
  [74, 36, 'translate(112 126) rotate(-26)'],
  [84, 40, 'translate(158 146) rotate(38)'],
  [72, 34, 'translate(206 152) rotate(-16)'],
  [76, 36, 'translate(290 172) rotate(8)'],
] as const;

/** Small buds, where drops will be. */
const BUDS = [
  [66, 100, 3],
  [74, 158, 2.5],
  [154, 104, 2.5],
  [196, 176, 3],
  [252, 142, 2.5],
  [340, 190, 2.5],
] as const;

/** Sky, hills and the branch. */
export function Landscape(): JSX.Element {
  return (
    <svg
      className="landscape"
      viewBox="0 0 440 400"
      preserveAspectRatio="xMidYMax slice"
      aria-hidden="true"
    >
      <circle cx="330" cy="262" r="150" fill="url(#sun)" />
      <path d="M0 296c60-46 110-52 168-30s98 18 150-14 88-26 122-6v154H0Z" className="hill far" />
      <path d="M0 322c70-24 130-34 196-14s110 30 164 8 64-20 80-14v98H0Z" className="hill mid" />
      <path d="M0 352c56-20 120-26 190-10s150 20 250-12v70H0Z" className="hill near" />
      <path d="M-12 136C50 126 112 128 166 146s96 34 150 30" className="twig" />
      {LEAVES.map(([width, height, transform]) => (
        <use
          key={transform}
          href="#leaf-shape"
          width={width}
          height={height}
          transform={transform}
        />
      ))}
      <g fill="#fff" opacity="0.85">
        {BUDS.map(([cx, cy, r]) => (
          <circle key={cx} cx={cx} cy={cy} r={r} />
        ))}
      </g>
    </svg>
  );
}

/** The surface of the pool. */
export function Waves(): JSX.Element {
  return (
    <svg className="waves" viewBox="0 0 440 60" preserveAspectRatio="none" aria-hidden="true">
      <path
        className="wave back"
        d="M-40 26c50-22 90-22 140-4s94 22 150 2 96-20 140-4 60 10 90 2v44H-40Z"
      />
      <path
        className="wave"
        d="M-40 36c44-14 84-16 132-2s92 16 146 2 90-16 136-2 66 8 106-2v40H-40Z"
      />
    </svg>
  );
}
