/** Style of the pages that the server writes itself. Plain CSS, no fonts or pictures from elsewhere. */
export const STYLESHEET = `
:root {
  color-scheme: light dark;
  --ink: #10302b; --soft: #4f6b66; --faint: #7d9691;
  --page: #f3f8f6; --card: #ffffff; --line: #dce8e4; --tint: #e6f4ef;
  --accent: #0b7a63; --accent-ink: #ffffff; --good: #0b7a63; --bad: #b3402f;
  --mono: ui-monospace, "SF Mono", "Cascadia Mono", Menlo, Consolas, monospace;
}
@media (prefers-color-scheme: dark) {
  :root {
    --ink: #e4f1ed; --soft: #a5bfb8; --faint: #7f9a93;
    --page: #0c1715; --card: #13211e; --line: #223732; --tint: #17302a;
    --accent: #4fd1ae; --accent-ink: #06211a; --good: #4fd1ae; --bad: #ff9584;
  }
}
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; scroll-behavior: smooth; }
@media (prefers-reduced-motion: reduce) { html { scroll-behavior: auto; } }
body {
  overflow-wrap: anywhere; margin: 0; color: var(--ink); background: var(--page);
  font: 16px/1.6 system-ui, -apple-system, "Segoe UI", "PingFang SC", "Microsoft YaHei",
    "Noto Sans CJK SC", sans-serif;
}
.wrap { max-width: 960px; margin: 0 auto; padding: 0 24px; }
a { color: var(--accent); text-underline-offset: 3px; }
a:focus-visible { outline: 2px solid var(--accent); outline-offset: 3px; border-radius: 4px; }
header.top { padding: 20px 0; }
header.top .wrap { display: flex; align-items: center; gap: 12px; }
.brand { display: flex; align-items: center; gap: 10px; font-weight: 650; font-size: 18px;
  color: var(--ink); text-decoration: none; letter-spacing: -0.01em; }
.brand svg { width: 22px; height: 26px; fill: var(--accent); }
nav.languages { margin-left: auto; font-size: 14px; display: flex; gap: 4px; }
nav.languages a, nav.languages b { padding: 4px 10px; border-radius: 99px; text-decoration: none;
  font-weight: 500; color: var(--soft); }
nav.languages b { background: var(--tint); color: var(--accent); }
.hero { padding: 40px 0 32px; }
.hero h1 { font-size: clamp(30px, 5vw, 44px); line-height: 1.15; letter-spacing: -0.025em;
  margin: 0 0 14px; font-weight: 680; text-wrap: balance; }
.hero p { margin: 0; max-width: 60ch; color: var(--soft); font-size: 18px; }
.actions { display: flex; flex-wrap: wrap; gap: 12px; margin-top: 26px; }
.actions a { padding: 10px 18px; border-radius: 10px; text-decoration: none; font-weight: 580;
  border: 1px solid var(--line); background: var(--card); color: var(--ink); }
.actions a.first { background: var(--accent); border-color: var(--accent); color: var(--accent-ink); }
.actions a:hover { border-color: var(--accent); }
section { margin: 0 0 28px; }
.card { background: var(--card); border: 1px solid var(--line); border-radius: 16px;
  padding: 24px 26px; }
.card h2 { margin: 0 0 4px; font-size: 20px; letter-spacing: -0.01em; }
.card > p { margin: 0 0 18px; color: var(--soft); }
.figures { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(150px, 100%), 1fr)); gap: 18px 24px;
  margin: 0; }
.figures div { min-width: 0; }
.figures dt { font-size: 13px; color: var(--faint); }
.figures dd { margin: 2px 0 0; font-weight: 580; overflow-wrap: anywhere; font-variant-numeric:
  tabular-nums; }
.figures .wide { grid-column: 1 / -1; }
dd .state { display: block; font-size: 13px; font-weight: 500; }
.good { color: var(--good); } .bad { color: var(--bad); }
code, pre { font-family: var(--mono); font-size: 0.88em; }
pre { margin: 0; padding: 16px 18px; border-radius: 12px; background: var(--tint); overflow-x: auto;
  line-height: 1.55; }
ul.rules { list-style: none; margin: 20px 0 0; padding: 0; border-top: 1px solid var(--line); }
ul.rules li { display: flex; flex-wrap: wrap; gap: 4px 16px; padding: 12px 0;
  border-bottom: 1px solid var(--line); }
ul.rules li:last-child { border-bottom: 0; padding-bottom: 0; }
ul.rules li > * { min-width: 0; }
ul.rules code { flex: 0 1 130px; padding-top: 2px; color: var(--accent); }
ul.rules span { flex: 1 1 min(300px, 100%); }
ul.rules b { flex: 0 1 auto; font-weight: 600; }
ul.links { list-style: none; margin: 0; padding: 0; display: grid; gap: 14px;
  grid-template-columns: repeat(auto-fit, minmax(min(250px, 100%), 1fr)); }
ul.links a { display: block; height: 100%; padding: 16px 18px; border: 1px solid var(--line);
  border-radius: 12px; background: var(--card); text-decoration: none; color: var(--soft);
  font-size: 15px; }
ul.links a:hover { border-color: var(--accent); }
ul.links strong { display: block; color: var(--ink); font-weight: 620; }
.errors article { padding: 18px 0; border-bottom: 1px solid var(--line); display: grid;
  grid-template-columns: 200px 1fr; gap: 4px 24px; scroll-margin-top: 16px; }
.errors article:last-child { border-bottom: 0; }
.errors article:target { background: var(--tint); margin: 0 -26px; padding: 18px 26px; }
.errors h3 { margin: 0; font: 600 14px/1.6 var(--mono); overflow-wrap: anywhere; }
.errors h3 a { color: var(--faint); text-decoration: none; display: block; font-weight: 500; }
.errors p { margin: 0 0 4px; } .errors p + p { color: var(--soft); }
.group { margin: 0 0 10px; font-size: 15px; color: var(--soft); font-weight: 600; }
@media (max-width: 480px) { .wrap { padding: 0 16px; } .card { padding: 20px 18px; }
  .errors article:target { margin: 0 -18px; padding: 18px; } }
@media (max-width: 620px) { .errors article { grid-template-columns: 1fr; } .hero { padding-top: 20px; } }
footer { padding: 12px 0 48px; color: var(--faint); font-size: 14px; }
`;
