import { XMLParser } from 'fast-xml-parser';

/** An element of a report: its attributes, and what stands inside of it. */
export type JunitNode = Readonly<Record<string, unknown>>;

export interface JunitSuite extends JunitNode {
  readonly cases: readonly JunitNode[];
}

const ALWAYS_LISTS = ['testsuite', 'testcase'];
const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: '',
  parseTagValue: false,
  parseAttributeValue: false,
  isArray: (name) => ALWAYS_LISTS.includes(name),
});

const isNode = (value: unknown): value is JunitNode => typeof value === 'object' && value !== null;

const listIn = (node: unknown, name: string): JunitNode[] => {
  const list = isNode(node) ? node[name] : undefined;
  return Array.isArray(list) ? list.filter(isNode) : [];
};

/**
 * Reads a report in the XML that JUnit made common.
 *
 * @param writer who is to have written it, for the error
 * @throws when it is none
 */
export const readJunit = (text: string, writer: string): JunitSuite[] => {
  const parsed: unknown = parser.parse(text);
  if (!isNode(parsed) || !isNode(parsed.testsuites)) {
    throw new Error(`This is no report of ${writer}.`);
  }
  return listIn(parsed.testsuites, 'testsuite').map((suite) => ({
    ...suite,
    cases: listIn(suite, 'testcase'),
  }));
};
