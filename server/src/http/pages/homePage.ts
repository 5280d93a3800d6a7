import { NO_COUNT_CAP, NO_POINTS_CAP } from '@dewpoint/contracts/formula.ts';
import { formatMoney } from '../../domain/money.ts';
import type { SettlementToken } from '../../domain/program.ts';
import { formatPoints } from '../../graphql/core/scalars.ts';
import type { Language } from '../../graphql/errors/errorCatalogue.ts';
import type { DemoOverview, ShownRound } from './demoOverview.ts';
import { HOME_TEXTS, type HomeTexts } from './homeTexts.ts';
import { html, type SafeHtml } from './html.ts';
import { LANDING_PICTURE } from './landingPicture.ts';
import { pageOf } from './layout.ts';

/** State of the service on the start page, which is public: programs of tenants are not on it. */
export interface Overview {
  readonly version: string;
  readonly nodeVersion: string;
  readonly chain: {
    readonly id: number | null;
    readonly blockNumber: number | null;
    readonly answers: boolean;
  };
  readonly database: { readonly kind: string; readonly answers: boolean };
  /** The demo program; null when the service runs without one. */
  readonly demo: DemoOverview | null;
}

/** Units of an amount that a rule is quoted for. */
const QUOTED_UNITS = 1_000n;
const UNITS_OF_A_RULE = 1_000_000n;
const MS_PER_SECOND = 1_000;
const BPS_PER_PERCENT = 100;

/** A row of a card: what it is, and its number. */
const row = (name: string, value: string | SafeHtml): SafeHtml =>
  html`<div>
    <dt>${name}</dt>
    <dd>${value}</dd>
  </div>`;

const answer = (answers: boolean, texts: HomeTexts): SafeHtml =>
  answers
    ? html`<span class="good">${texts.answers}</span>`
    : html`<span class="bad">${texts.silent}</span>`;

/** Money with at least two decimals, and more where it has more. */
const money = (units: bigint, { decimals, symbol }: SettlementToken): string => {
  const [whole = '', part = ''] = formatMoney({ units, decimals }).split('.');
  return `${whole}.${part.replace(/0+$/, '').padEnd(2, '0')} ${symbol}`;
};

/** Describes what a rule earns, such as `+6.00 each, 3 a day at most`. */
function earns(
  rule: DemoOverview['rules'][number],
  { amountUnit, epochLengthMs }: DemoOverview,
  language: Language,
): string {
  const texts = HOME_TEXTS[language];
  const period = texts.period(epochLengthMs / MS_PER_SECOND);
  const unit = amountUnit?.[language] ?? texts.amountUnit;
  const parts: string[] = [];
  if (rule.perAction > 0n) parts.push(texts.each(formatPoints(rule.perAction)));
  if (rule.perUnit > 0n) {
    parts.push(
      texts.perAmount(formatPoints((rule.perUnit * QUOTED_UNITS) / UNITS_OF_A_RULE), unit),
    );
  }
  if (rule.maxCount < NO_COUNT_CAP) parts.push(texts.atMostTimes(String(rule.maxCount), period));
  if (rule.maxPoints < NO_POINTS_CAP) {
    parts.push(texts.atMostPoints(formatPoints(rule.maxPoints), period));
  }
  return parts.join(texts.comma);
}

/** A question as people asked it, and the answer of the demo program right now. */
const questionCard = (
  number: number,
  question: string,
  answered: SafeHtml,
  rows: readonly SafeHtml[],
): SafeHtml =>
  html`<section class="card">
    <h3><span class="number">${number}</span>${question}</h3>
    <p class="answer">${answered}</p>
    <dl>${rows}</dl>
  </section>`;

const roundRow = (round: ShownRound, token: SettlementToken, language: Language): SafeHtml => {
  const texts = HOME_TEXTS[language];
  const isCovered = round.available >= round.budget;
  return row(
    texts.round(round),
    html`<span class="${isCovered ? 'good' : 'waiting'}"
      >${texts.there(money(round.available, token), money(round.budget, token))}</span
    >`,
  );
};

const questions = (demo: DemoOverview, language: Language): SafeHtml[] => {
  const texts = HOME_TEXTS[language];
  const duration = (ms: number): string => texts.duration(ms / MS_PER_SECOND);
  const { buyback } = demo;
  const earning = questionCard(
    1,
    texts.earning.question,
    texts.earning.answer(
      duration(demo.noticePeriodMs),
      `${demo.objectionThresholdBps / BPS_PER_PERCENT}`,
    ),
    [
      ...demo.rules.map((rule) => row(rule.name, earns(rule, demo, language))),
      row(texts.changing, demo.isChanging ? texts.changingYes : texts.changingNo),
    ],
  );
  if (buyback === null) return [earning];
  const { token, pricePerPoint, budgetPerRound, minTender, periodMs, windowMs, rounds } = buyback;
  return [
    earning,
    questionCard(
      2,
      texts.selling.question,
      budgetPerRound === 0n
        ? html`${texts.selling.none}`
        : texts.selling.answer({
            price: money(pricePerPoint, token),
            budget: money(budgetPerRound, token),
            period: duration(periodMs),
            window: duration(windowMs),
          }),
      [
        ...rounds.map((round) => roundRow(round, token, language)),
        row(texts.tooMuch, texts.sameShare),
      ],
    ),
    questionCard(3, texts.threshold.question, texts.threshold.answer(formatPoints(minTender)), [
      row(texts.freeze, html`<span class="good">${texts.noneInCode}</span>`),
      row(texts.pause, html`<span class="good">${texts.noneInCode}</span>`),
      row(texts.supply, `${formatPoints(demo.outstanding)} ${demo.symbol}`),
    ]),
  ];
};

const doors = ({ demo }: Overview, texts: HomeTexts): SafeHtml => {
  const member = demo?.memberDoor ?? null;
  return html`<div class="doors">
    ${member === null ? [] : [html`<a class="button" href="${member}">${texts.memberDoor}</a>`]}
    ${
      demo === null
        ? [html`<a class="button" href="/audit/">${texts.anyAuditDoor}</a>`]
        : [html`<a class="button quiet" href="${demo.auditDoor}">${texts.auditDoor}</a>`]
    }
    <a class="button quiet" href="/graphql">${texts.tryIt}</a>
  </div>`;
};

const runningStrip = (overview: Overview, texts: HomeTexts): SafeHtml => {
  const { chain, database, demo } = overview;
  return html`<section class="strip running">
    <h2>${texts.running}</h2>
    <dl>
      ${[
        row(texts.chain, html`${chain.id ?? '?'}, ${answer(chain.answers, texts)}`),
        row(texts.block, String(chain.blockNumber ?? '?')),
        row(texts.database, html`${database.kind}, ${answer(database.answers, texts)}`),
        ...(demo === null
          ? []
          : [
              row(texts.contract, html`<code>${demo.address}</code>`),
              row(texts.epoch, String(demo.epoch)),
              row(texts.open, String(demo.openStatements)),
            ]),
        row(texts.version, `${overview.version}, Node.js ${overview.nodeVersion}`),
      ]}
    </dl>
    <ul class="links">
      ${texts.links.map(({ href, name }) => html`<li><a href="${href}">${name}</a></li>`)}
    </ul>
  </section>`;
};

/** Renders the page at `/`: the promise in one picture, the demo's live answers, and the doors. No script. */
export function homePage(overview: Overview, language: Language): string {
  const texts = HOME_TEXTS[language];
  const { demo } = overview;
  const body = html`<div class="hero">
      <div class="words">
        <h1>${texts.headline}</h1>
        <p>${texts.lead}</p>
        ${doors(overview, texts)}
      </div>
      <div class="scene">${LANDING_PICTURE}</div>
    </div>
    ${
      demo === null
        ? []
        : [
            html`<h2 class="of">${texts.answersOf(demo.name)}</h2>
              <p class="note">${texts.demoNote}</p>
              <div class="questions">${questions(demo, language)}</div>`,
          ]
    }
    <div class="pair">
      <section class="strip">
        <h2>${texts.operators}</h2>
        <p>${texts.operatorsNote}</p>
        <pre><code>${texts.code}</code></pre>
      </section>
      <section class="strip">
        <h2>${texts.notPromised}</h2>
        <ul class="not">
          ${texts.nots.map(({ what, why }) => html`<li><b>${what}</b> ${why}</li>`)}
        </ul>
      </section>
    </div>
    ${runningStrip(overview, texts)}`;
  const { title, description, footer } = texts;
  return pageOf({ language, title, description, body, footer });
}
