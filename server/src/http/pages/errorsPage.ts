import {
  errorCatalogue,
  type CatalogueEntry,
  type Language,
} from '../../graphql/errors/errorCatalogue.ts';
import { html, type SafeHtml } from './html.ts';
import { pageOf } from './layout.ts';

interface ErrorsTexts {
  readonly title: string;
  readonly lead: string;
  readonly footer: string;
  /** By the first digit of an error's number. */
  readonly groups: Readonly<Record<string, string>>;
}

const TEXTS: Readonly<Record<Language, ErrorsTexts>> = {
  en: {
    title: 'Error catalogue',
    lead: 'Every error of the API has a code and a number that never change. Errors of a whole request are in "errors[].extensions", errors of one action in its result, and errors in the input of a mutation in "userErrors".',
    footer: 'Dewpoint',
    groups: {
      '1': 'Who asks',
      '2': 'The request itself',
      '3': 'Recording actions',
      '4': 'Voiding actions',
      '5': 'Reading and collecting',
      '6': 'Writes and terms',
      '7': 'Rounds and the reserve',
      '8': 'Items and orders',
      '9': 'The service',
    },
  },
  zh: {
    title: '错误目录',
    lead: '接口的每个错误都有固定不变的代码和编号。整个请求的错误在 "errors[].extensions" 中，单个行为的错误在它的结果中，变更操作的输入错误在 "userErrors" 中。',
    footer: 'Dewpoint',
    groups: {
      '1': '调用方',
      '2': '请求本身',
      '3': '记录行为',
      '4': '撤销行为',
      '5': '读取与收取',
      '6': '写操作与条款',
      '7': '回购轮次与储备',
      '8': '商品与订单',
      '9': '服务状态',
    },
  },
};

const FIRST_DIGIT = 3;

const article = (entry: CatalogueEntry): SafeHtml =>
  html`<article id="${entry.number}">
    <h3><a href="#${entry.number}">${entry.number}</a>${entry.code}</h3>
    <div>
      <p>${entry.wrong}</p>
      <p>${entry.remedy}</p>
    </div>
  </article>`;

/** Renders the page at `/errors`: all codes, what is wrong, what to do. */
export function errorsPage(language: Language): string {
  const { title, lead, footer, groups } = TEXTS[language];
  const entries = errorCatalogue(language);
  const sections = Object.entries(groups).map(
    ([digit, name]) =>
      html`<section>
        <p class="group">${name}</p>
        <div class="card errors">
          ${entries.filter(({ number }) => number[FIRST_DIGIT] === digit).map(article)}
        </div>
      </section>`,
  );
  const body = html`<div class="hero">
      <h1>${title}</h1>
      <p>${lead}</p>
    </div>
    ${sections}`;
  return pageOf({ language, title: `${title} · Dewpoint`, description: lead, body, footer });
}
