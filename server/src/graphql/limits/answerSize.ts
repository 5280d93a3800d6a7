import type { FormattedExecutionResult } from 'graphql';
import {
  defaultFieldResolver,
  getNamedType,
  GraphQLError,
  isObjectType,
  type GraphQLFieldResolver,
  type GraphQLSchema,
} from 'graphql';
import { toFormatted } from '../errors/errorShape.ts';

/** No answer is longer, whatever is asked for. */
export const MAX_ANSWER_BYTES = 5_000_000;
/**
 * Limits the texts of an answer. Values of a fixed form are counted before anything is run, at most 10,000 of 100 characters with
 * names of 100 more; how long texts are is known only once they are read.
 */
export const MAX_TEXT_BYTES = 2_000_000;
/** Shorter texts count as values of a fixed form. */
const MIN_COUNTED_CHARACTERS = 100;

/** Scalars whose values are as long as the texts that were sent. */
const TEXT_SCALARS: ReadonlySet<string> = new Set(['String', 'Hex', 'ID']);

const tooLong = (): GraphQLError =>
  new GraphQLError(
    `The answer would have texts of more than ${MAX_TEXT_BYTES} bytes; ask for smaller pages or leave long fields out.`,
    { extensions: { code: 'QUERY_TOO_COMPLEX' } },
  );

/** Counts the bytes of texts by request: each has a context of its own. */
class TextBudget {
  readonly #spent = new WeakMap<object, number>();

  /** @throws GraphQLError QUERY_TOO_COMPLEX when a request has no bytes left */
  spend(context: object, value: unknown): unknown {
    if (typeof value !== 'string' || value.length <= MIN_COUNTED_CHARACTERS) return value;
    // As JSON has it: a control character becomes six.
    const spent = (this.#spent.get(context) ?? 0) + Buffer.byteLength(JSON.stringify(value));
    this.#spent.set(context, spent);
    if (spent > MAX_TEXT_BYTES) throw tooLong();
    return value;
  }
}

type Resolver = GraphQLFieldResolver<unknown, unknown>;

/** Lets every field that answers with a text spend of the bytes of its request. */
export function boundTexts(schema: GraphQLSchema): GraphQLSchema {
  const budget = new TextBudget();
  const bounded =
    (resolve: Resolver): Resolver =>
    (source, args, context, info) => {
      const value: unknown = resolve(source, args, context, info);
      if (typeof context !== 'object' || context === null) return value;
      return value instanceof Promise
        ? value.then((text: unknown) => budget.spend(context, text))
        : budget.spend(context, value);
    };
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) || type.name.startsWith('__')) continue;
    for (const field of Object.values(type.getFields())) {
      if (!TEXT_SCALARS.has(getNamedType(field.type).name)) continue;
      field.resolve = bounded(field.resolve ?? defaultFieldResolver);
    }
  }
  return schema;
}

/** Makes the text of an answer; one that is too long all the same becomes an error. */
export function stringifyAnswer(answer: FormattedExecutionResult): string {
  const text = `${JSON.stringify(answer)}\n`;
  if (Buffer.byteLength(text) <= MAX_ANSWER_BYTES) return text;
  const error = toFormatted({
    code: 'QUERY_TOO_COMPLEX',
    message: `The answer has more than ${MAX_ANSWER_BYTES} bytes; ask for fewer fields or smaller pages. A mutation may have been done; repeat the same request, asking for less.`,
  });
  return `${JSON.stringify({ errors: [error] })}\n`;
}
