import { NO_COUNT_CAP, NO_POINTS_CAP } from '@dewpoint/contracts/formula.ts';
import type { Rule } from '../../domain/program.ts';
import type { Language } from '../../graphql/errors/errorCatalogue.ts';
import { formatPoints } from '../../graphql/core/scalars.ts';
import { HOME_TEXTS, type HomeTexts } from './homeTexts.ts';
import { html, type SafeHtml } from './html.ts';
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
  readonly demo: {
    readonly name: string;
    readonly symbol: string;
    readonly address: string;
    readonly epoch: number;
    readonly epochLengthMs: number;
    /** What amounts of actions are counted in, such as cents; null when nobody has said so. */
    readonly amountUnit: Readonly<Record<Language, string>> | null;
    readonly openStatements: number;
    /** Base units. */
    readonly outstanding: bigint;
    readonly rules: readonly Pick<
      Rule,
      'name' | 'text' | 'perAction' | 'perUnit' | 'maxCount' | 'maxPoints'
    >[];
  } | null;
}

const projection = (name: string, value: string | SafeHtml, isWide = false): SafeHtml =>
  html`<div class="${isWide ? 'wide' : ''}">
    <dt>${name}</dt>
    <dd>${value}</dd>
  </div>`;

const answer = (answers: boolean, texts: HomeTexts): SafeHtml =>
  answers
    ? html`<span class="state good">${texts.answers}</span>`
    : html`<span class="state bad">${texts.silent}</span>`;

/** Units of an amount that a rule is quoted for. */
const QUOTED_UNITS = 1_000n;
const UNITS_OF_A_RULE = 1_000_000n;
const MS_PER_SECOND = 1_000;

type Demo = NonNullable<Overview['demo']>;

/** Describes what a rule earns, such as `+6.00 each, 3 a day at most`. */
function earns(
  rule: Demo['rules'][number],
  { amountUnit, epochLengthMs }: Demo,
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

const demoCard = (demo: Demo, language: Language): SafeHtml => {
  const texts = HOME_TEXTS[language];
  return html`<section class="card">
    <h2>${demo.name}</h2>
    <p>${texts.demoNote}</p>
    <dl class="figures">
      ${[
        projection(texts.supply, `${formatPoints(demo.outstanding)} ${demo.symbol}`),
        projection(texts.epoch, String(demo.epoch)),
        projection(texts.open, String(demo.openStatements)),
        projection(texts.contract, html`<code>${demo.address}</code>`, true),
      ]}
    </dl>
    <ul class="rules" aria-label="${texts.rules}">
      ${demo.rules.map(
        (rule) =>
          html`<li>
            <code>${rule.name}</code><span>${rule.text}</span><b>${earns(rule, demo, language)}</b>
          </li>`,
      )}
    </ul>
  </section>`;
};

const runningCard = (overview: Overview, texts: HomeTexts): SafeHtml => {
  const { chain, database } = overview;
  return html`<section class="card">
    <h2>${texts.running}</h2>
    <p>${texts.runningNote}</p>
    <dl class="figures">
      ${[
        projection(texts.chain, html`${chain.id ?? '?'}${answer(chain.answers, texts)}`),
        projection(texts.block, String(chain.blockNumber ?? '?')),
        projection(texts.database, html`${database.kind}${answer(database.answers, texts)}`),
        projection(texts.version, overview.version),
        projection(texts.node, overview.nodeVersion),
      ]}
    </dl>
  </section>`;
};

/** Renders the page at `/`: what runs, and where to go. */
export function homePage(overview: Overview, language: Language): string {
  const texts = HOME_TEXTS[language];
  const body = html`<div class="hero">
      <h1>${texts.headline}</h1>
      <p>${texts.lead}</p>
      <div class="actions">
        <a class="first" href="/graphql">${texts.tryIt}</a>
        <a href="/errors?lang=${language}">${texts.errors}</a>
      </div>
    </div>
    ${overview.demo === null ? [] : [demoCard(overview.demo, language)]}
    ${runningCard(overview, texts)}
    <section>
      <p class="group">${texts.whereTo}</p>
      <ul class="links">
        ${texts.links.map(
          (link) =>
            html`<li>
              <a href="${link.href}"><strong>${link.name}</strong>${link.text}</a>
            </li>`,
        )}
      </ul>
    </section>`;
  const { title, description, footer } = texts;
  return pageOf({ language, title, description, body, footer });
}
