/** Style of the pages that the server writes itself: plain CSS, with the colours and the font of the faces. */
export const STYLESHEET = `
@font-face { font-family: Figtree; src: url("/fonts/figtree-latin.woff2") format("woff2"); font-weight: 300 900;
  font-display: swap; unicode-range: U+0-FF, U+2013-2014, U+2018-201D, U+2022, U+2026, U+2190-2193, U+2212; }
:root {
  color-scheme: light dark;
  --page: #f3f8f6; --surface: #ffffff; --sunken: #e9f2ef; --line: #d6e4df;
  --ink: #0c2a2b; --ink-2: #3f5b5b; --ink-3: #526c6b;
  --accent: #08766a; --accent-hover: #065f56; --accent-ink: #ffffff; --accent-text: #076a5f; --accent-soft: #ddf3ee;
  --good: #136f43; --bad: #b3361c; --waiting: #875300; --focus: #0b5fff;
  --water-1: #0a726a; --water-3: #064f50; --hill: #b9dccf; --hill-far: #d6ebe3; --sky-1: #fdf3e3; --sky-2: #e3f3ee;
  --mono: ui-monospace, "SF Mono", "Cascadia Mono", Menlo, Consolas, monospace;
}
@media (prefers-color-scheme: dark) {
  :root {
    --page: #08191b; --surface: #102527; --sunken: #0b1e20; --line: #264043;
    --ink: #e8f4f1; --ink-2: #b2cbc6; --ink-3: #8faaa5;
    --accent: #5ad6be; --accent-hover: #7be6d1; --accent-ink: #04211d; --accent-text: #6fe0ca; --accent-soft: #12393a;
    --good: #6fdc9b; --bad: #ff9c85; --waiting: #f6c667; --focus: #8ab6ff;
    --water-1: #0b6e69; --water-3: #053f42; --hill: #14403f; --hill-far: #0f3034; --sky-1: #061019; --sky-2: #0d2b33;
  }
}
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; scroll-behavior: smooth; }
@media (prefers-reduced-motion: reduce) { html { scroll-behavior: auto; } }
body {
  overflow-wrap: anywhere; margin: 0; color: var(--ink); background: var(--page);
  font: 400 15px/1.55 Figtree, system-ui, -apple-system, "Segoe UI", Roboto, "PingFang SC", "HarmonyOS Sans SC",
    "Microsoft YaHei", "Noto Sans SC", sans-serif;
  font-variant-numeric: tabular-nums;
}
h1, h2, h3, p, dl, dd, ul, pre { margin: 0; padding: 0; }
ul { list-style: none; }
h1, h2, h3 { font-weight: 680; letter-spacing: -0.012em; line-height: 1.25; text-wrap: balance; }
:lang(zh) :is(h1, h2, h3) { font-weight: 600; letter-spacing: 0; text-wrap: wrap; }
.wrap { max-width: 1200px; margin: 0 auto; padding: 0 24px; }
a { color: var(--accent-text); text-underline-offset: 3px; }
:focus-visible { outline: 3px solid var(--focus); outline-offset: 2px; border-radius: 4px; }
header.top { padding: 16px 0; }
header.top .wrap { display: flex; align-items: center; gap: 12px; }
.brand { display: flex; align-items: center; gap: 10px; min-height: 44px; font-weight: 680; font-size: 18px;
  color: var(--ink); text-decoration: none; letter-spacing: -0.012em; }
.brand svg { width: 22px; height: 26px; fill: var(--accent); }
nav.languages { margin-left: auto; font-size: 14px; display: flex; gap: 4px; }
nav.languages a, nav.languages b { display: flex; align-items: center; min-height: 44px; padding: 0 14px;
  border-radius: 99px; text-decoration: none; font-weight: 500; color: var(--ink-2); }
nav.languages b { background: var(--accent-soft); color: var(--accent-text); }
.hero { display: grid; gap: 28px; align-items: center; padding: 20px 0 44px; }
@media (min-width: 900px) { .hero { grid-template-columns: minmax(0, 1fr) minmax(0, 1fr); gap: 44px; } }
.hero h1 { font-size: clamp(32px, 4.6vw, 52px); line-height: 1.1; letter-spacing: -0.025em; margin-bottom: 16px; }
.hero p { max-width: 56ch; color: var(--ink-2); font-size: 17px; }
.doors { display: flex; flex-wrap: wrap; gap: 12px; margin-top: 26px; }
.button { display: inline-flex; align-items: center; min-height: 48px; padding: 0 22px; border-radius: 99px;
  border: 1px solid transparent; background: var(--accent); color: var(--accent-ink); font-weight: 620;
  text-decoration: none; }
.button:hover { background: var(--accent-hover); }
.button.quiet { background: transparent; border-color: var(--line); color: var(--accent-text); }
.button.quiet:hover { background: var(--accent-soft); }
.scene { border-radius: 28px; overflow: hidden; background: linear-gradient(var(--sky-1), var(--sky-2) 62%);
  box-shadow: 0 2px 4px rgb(12 42 43 / 6%), 0 12px 32px rgb(12 42 43 / 10%); }
.picture { display: block; width: 100%; height: auto; }
.picture .w1 { stop-color: var(--water-1); } .picture .w3 { stop-color: var(--water-3); }
.picture .hill { fill: var(--hill); } .picture .far { fill: var(--hill-far); }
.picture .twig { fill: none; stroke: #5d8a72; stroke-width: 7; stroke-linecap: round; }
.picture .fall { fill: none; stroke: var(--water-1); stroke-opacity: 0.5; stroke-width: 3; stroke-linecap: round;
  stroke-dasharray: 1 12; }
.picture .foam { fill: none; stroke: #fff; stroke-opacity: 0.5; stroke-width: 3; }
.picture .ripple ellipse { fill: none; stroke: #eafffa; stroke-width: 2.5; stroke-opacity: 0.8; }
.picture .lock { fill: #eafffa; } .picture .shackle { fill: none; stroke: #eafffa; stroke-width: 8; }
.picture .hole { fill: var(--water-3); } .picture .keyhole { stroke: var(--water-3); stroke-width: 4; }
.picture .lens { fill: #fff; fill-opacity: 0.22; stroke: #f6fffc; stroke-width: 9; }
.picture .handle { stroke: #f6fffc; stroke-width: 15; stroke-linecap: round; }
.picture .tick { fill: none; stroke: #eafffa; stroke-width: 10; stroke-linecap: round; stroke-linejoin: round; }
h2.of { font-size: 28px; line-height: 1.2; margin-bottom: 6px; }
.note { color: var(--ink-2); margin-bottom: 20px; max-width: 80ch; }
.questions { display: grid; gap: 16px; margin-bottom: 16px;
  grid-template-columns: repeat(auto-fit, minmax(min(320px, 100%), 1fr)); }
.card, .strip { background: var(--surface); border: 1px solid var(--line); border-radius: 20px; padding: 22px 24px; }
.card h3 { display: flex; gap: 10px; font-size: 15px; font-weight: 500; line-height: 1.5; color: var(--ink-2);
  min-height: 3em; text-wrap: wrap; }
.number { flex: none; display: grid; place-items: center; width: 26px; height: 26px; border-radius: 50%;
  background: var(--accent-soft); color: var(--accent-text); font-size: 13px; font-weight: 680; }
.answer { margin: 14px 0 16px; font-size: 18px; line-height: 1.45; }
.answer b { color: var(--accent-text); font-weight: 680; }
dl > div { display: flex; flex-wrap: wrap; gap: 2px 16px; justify-content: space-between; padding: 9px 0;
  border-top: 1px solid var(--line); font-size: 13px; }
dt { color: var(--ink-2); } dd { font-weight: 620; text-align: right; margin-left: auto; }
.good { color: var(--good); } .bad { color: var(--bad); } .waiting { color: var(--waiting); }
.pair { display: grid; gap: 16px; margin-bottom: 16px;
  grid-template-columns: repeat(auto-fit, minmax(min(420px, 100%), 1fr)); }
.strip { min-width: 0; } .strip h2 { font-size: 17px; margin-bottom: 6px; } .strip p { color: var(--ink-2); }
.not li { padding: 10px 0 10px 24px; border-top: 1px solid var(--line); color: var(--ink-2); position: relative; }
.not li::before { content: ""; position: absolute; left: 0; top: 20px; width: 12px; height: 3px; border-radius: 2px;
  background: var(--waiting); }
.not b { color: var(--ink); font-weight: 620; }
code, pre { font-family: var(--mono); font-size: 12px; }
pre { margin-top: 14px; padding: 16px 18px; border-radius: 14px; background: var(--sunken); overflow-x: auto;
  line-height: 1.6; overflow-wrap: normal; }
.running dl { display: grid; gap: 0 40px; grid-template-columns: repeat(auto-fit, minmax(min(300px, 100%), 1fr)); }
.links { display: flex; flex-wrap: wrap; gap: 0 20px; margin-top: 10px; }
.links a { display: inline-flex; align-items: center; min-height: 44px; }
.errors article { padding: 18px 0; border-bottom: 1px solid var(--line); display: grid;
  grid-template-columns: 200px 1fr; gap: 4px 24px; scroll-margin-top: 16px; }
.errors article:last-child { border-bottom: 0; }
.errors article:target { background: var(--accent-soft); margin: 0 -26px; padding: 18px 26px; }
.errors h3 { margin: 0; font: 600 14px/1.6 var(--mono); overflow-wrap: anywhere; }
.errors h3 a { color: var(--ink-3); text-decoration: none; display: block; font-weight: 500; }
.errors p { margin: 0 0 4px; } .errors p + p { color: var(--ink-2); }
.group { margin: 0 0 10px; font-size: 15px; color: var(--ink-2); font-weight: 600; }
@media (max-width: 480px) { .wrap { padding: 0 16px; } .card { padding: 20px 18px; }
  .errors article:target { margin: 0 -18px; padding: 18px; } }
@media (max-width: 620px) { .errors article { grid-template-columns: 1fr; } .hero { padding-top: 20px; } }
footer { padding: 12px 0 48px; color: var(--ink-3); font-size: 14px; }
`;
