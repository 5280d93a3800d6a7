/** Writes the table of events for readers, and the client's types of them, from the table in the code. Part of `npm run schema`. */
import { COMMON_FIELDS, JSON_TYPES } from '../domain/webhooks/payload.ts';
import { TOLD_KINDS, WEBHOOK_KINDS, type FieldType } from '../domain/webhooks/eventKinds.ts';

const MARK = { start: '<!-- events: written by npm run schema -->', end: '<!-- /events -->' };

const NOTHING = 'Readonly<Record<never, never>>';

const fieldsOf = (kind: (typeof TOLD_KINDS)[number]): (readonly [string, string])[] =>
  Object.entries(WEBHOOK_KINDS[kind].data as Readonly<Record<string, string>>);

/** Words for readers; `money` is of the program's settlement token. */
const shownType = (type: string): string =>
  type.endsWith('?') ? `${type.slice(0, -1)} or null` : type;

/** Makes the table of events in Markdown. */
export function webhookTable(): string {
  const rows = TOLD_KINDS.map((kind) => {
    const { about, when } = WEBHOOK_KINDS[kind];
    const fields = fieldsOf(kind).map(([name, type]) => `\`${name}\` ${shownType(type)}`);
    return `| \`${kind}\` | ${about.toLowerCase()} | ${when} | ${fields.join(', ')} |`;
  });
  return ['| type | about | when | fields of `data` |', '| --- | --- | --- | --- |', ...rows].join(
    '\n',
  );
}

/** Puts the table into a document that has a place for it. @throws Error for one without */
export function withWebhookTable(document: string): string {
  const [start, end] = [document.indexOf(MARK.start), document.indexOf(MARK.end)];
  if (start < 0 || end < start) throw new Error(`the document has no ${MARK.start}`);
  const before = document.slice(0, start + MARK.start.length);
  return `${before}\n\n${webhookTable()}\n\n${document.slice(end)}`;
}

const jsonType = (type: string): string => {
  const json = JSON_TYPES[type.replace('?', '') as FieldType];
  return type.endsWith('?') ? `${json} | null` : json;
};

/** Makes the file of the client with a type for each kind of event. */
export function webhookTypes(): string {
  const common = Object.entries(COMMON_FIELDS).map(
    ([name, type]) => `  readonly ${name}: ${type};`,
  );
  const kinds = TOLD_KINDS.map((kind) => {
    const fields = fieldsOf(kind).map(([name, type]) => `readonly ${name}: ${jsonType(type)};`);
    const shape = fields.length === 0 ? NOTHING : `{ ${fields.join(' ')} }`;
    return `  /** Told when ${WEBHOOK_KINDS[kind].when}. */\n  readonly '${kind}': ${shape};`;
  });
  return [
    '// Written by `npm run schema` from the table of events of the server: change that.',
    '',
    '/** What `data` of every event has beside the fields of its type. */',
    'export interface WebhookCommon {',
    ...common,
    '}',
    '',
    '/** Fields of `data` by the type of the event. Points and money are decimal strings, times are ISO 8601. */',
    'export interface WebhookData {',
    ...kinds,
    '  /** Sent on request alone. */',
    `  readonly 'webhook.test': ${NOTHING};`,
    '}',
    '',
  ].join('\n');
}
