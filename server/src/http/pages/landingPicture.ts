import { SafeHtml } from './html.ts';

/** The promise in one picture: drops form on a branch, fall into a pool that is locked, and anybody looks into it. */
export const LANDING_PICTURE =
  new SafeHtml(`<svg class="picture" viewBox="0 0 520 430" aria-hidden="true">
<defs>
<linearGradient id="water" x1="0" y1="0" x2="0" y2="1"><stop offset="0" class="w1"/><stop offset="1" class="w3"/></linearGradient>
<linearGradient id="leaf" x1="0" y1="0" x2="1" y2="1"><stop offset="0" stop-color="#5cc08f"/><stop offset="1" stop-color="#1d7a58"/></linearGradient>
<radialGradient id="glass" cx=".5" cy=".82" r=".85"><stop offset="0" stop-color="#f6fffc"/><stop offset=".4" stop-color="#cdf5ec"/><stop offset=".75" stop-color="#7fd9d0"/><stop offset="1" stop-color="#2ea9a6"/></radialGradient>
<symbol id="dew" viewBox="0 0 96 112"><path fill="url(#glass)" stroke="#fff" stroke-opacity=".75" stroke-width="2" d="M48 2C50 22 92 46 92 74a44 37 0 0 1-88 0C4 46 46 22 48 2Z"/><path fill="#fff" fill-opacity=".75" d="M24 62c2-12 9-21 15-27-3 12-5 22-4 33-6 4-12 1-11-6Z"/><circle cx="66" cy="88" r="4" fill="#fff" fill-opacity=".6"/></symbol>
<symbol id="blade" viewBox="0 0 90 46"><path fill="url(#leaf)" d="M2 30C14 4 52-4 88 6 76 34 40 52 2 30Z"/><path fill="none" stroke="#fff" stroke-opacity=".35" stroke-width="1.6" d="M4 30C30 24 58 16 86 7"/></symbol>
</defs>
<path class="hill far" d="M0 262C80 200 170 214 250 244s190 10 270-40v140H0Z"/>
<path class="hill" d="M0 286c90-40 150-18 230 4s190 4 290-44v120H0Z"/>
<path class="twig" d="M-6 62C90 40 190 84 272 78s140-34 214-22" />
<use href="#blade" x="18" y="22" width="92" height="47" transform="rotate(-14 64 46)"/>
<use href="#blade" x="128" y="30" width="84" height="43" transform="rotate(8 170 52)"/>
<use href="#blade" x="30" y="62" width="80" height="41" transform="rotate(24 70 82)"/>
<use href="#blade" x="250" y="34" width="86" height="44" transform="rotate(-12 293 56)"/>
<use href="#blade" x="352" y="50" width="80" height="41" transform="rotate(22 392 70)"/>
<use href="#dew" x="112" y="86" width="62" height="72"/>
<use href="#dew" x="214" y="94" width="78" height="91"/>
<use href="#dew" x="326" y="80" width="56" height="65"/>
<path class="fall" d="M253 196v70M143 170v92M354 156v104"/>
<path fill="url(#water)" d="M0 300c70-18 130 12 200 4s150-22 210-6 80 6 110-4v136H0Z"/>
<path class="foam" d="M0 300c70-18 130 12 200 4s150-22 210-6 80 6 110-4"/>
<g class="ripple"><ellipse cx="253" cy="304" rx="46" ry="9"/><ellipse cx="253" cy="304" rx="24" ry="5"/></g>
<g transform="translate(58 334)"><rect x="0" y="22" width="56" height="44" rx="10" class="lock"/><path class="shackle" d="M12 22v-8a16 16 0 0 1 32 0v8"/><circle cx="28" cy="42" r="5" class="hole"/><path class="keyhole" d="M28 44v9"/></g>
<g transform="translate(352 268)"><circle cx="52" cy="52" r="46" class="lens"/><path class="handle" d="M85 85l40 40"/><path class="tick" d="M32 53l14 15 28-32"/></g>
</svg>`);
