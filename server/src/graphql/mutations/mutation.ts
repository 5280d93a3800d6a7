import type { InputFieldMap, InputShapeFromFields } from '@pothos/core';
import {
  SERVICE_ERROR_CODES,
  type UserError,
  type ErrorCode,
  type Refusal,
} from '../../domain/errors.ts';
import type { Scope } from '../../ports/stores/access.ts';
import { builder } from '../core/builder.ts';
import type { GraphqlContext } from '../core/context.ts';
import { UserErrorType, withUserErrors } from '../errors/userErrors.ts';

type Types = (typeof builder)['$inferSchemaTypes'];
/** Field builder of an input type. */
export type InputFields = PothosSchemaTypes.InputFieldBuilder<Types, 'InputObject'>;
/** Field builder of a payload of this shape. */
export type PayloadFields<Shape> = PothosSchemaTypes.ObjectFieldBuilder<Types, Shape>;

/** Declares a mutation where it is defined; the schema has it as `extensions.mutation`. */
export interface MutationDeclaration {
  readonly name: string;
  /** Role that sends the contract call; null for a mutation that sends none. */
  readonly kind: 'OPERATOR' | 'MEMBER' | null;
  readonly scope: Scope;
  readonly errors: readonly ErrorCode[];
}

/** What the cost of a query counts on: most inputs have one error, the worst ones a few. */
const MAX_SHOWN_USER_ERRORS = 20;

const isOfService = (code: ErrorCode): boolean =>
  (SERVICE_ERROR_CODES as readonly ErrorCode[]).includes(code);

/** The errors of a mutation as its description ends with them. */
function errorText(errors: readonly ErrorCode[]): string {
  const ofService = errors.filter(isOfService);
  const ofInput = errors.filter((code) => !isOfService(code));
  return [
    ...(ofService.length > 0 ? [`Errors: ${ofService.join(', ')}`] : []),
    ...(ofInput.length > 0 ? [`userErrors: ${ofInput.join(', ')}`] : []),
  ].join('; ');
}

/**
 * Declares a mutation once: its input and payload types (`<Name>Input`, `<Name>Payload`), scope, cost and errors.
 * Refusals of the input become `userErrors`.
 *
 * @param declared.cost See `limits/queryCost.ts`, as for `rowCost`.
 * @param declared.empty Payload beside `userErrors` when the input is refused, or what makes it from the error.
 */
export function mutation<Fields extends InputFieldMap, Result extends object>(
  declared: MutationDeclaration & {
    readonly description: string;
    readonly cost: number;
    readonly rowCost?: number;
    readonly input: (t: InputFields) => Fields;
    readonly payload: (
      t: PayloadFields<NoInfer<Result> & { readonly userErrors: readonly Refusal[] }>,
    ) => object;
    readonly empty: Result | ((error: UserError) => Result);
    readonly resolve: (
      context: GraphqlContext,
      input: InputShapeFromFields<Fields>,
    ) => Promise<NoInfer<Result>>;
  },
): void {
  const { name, kind, scope, errors, description, cost, rowCost = 0 } = declared;
  const { input, payload, empty, resolve } = declared;
  const emptyFor = typeof empty === 'function' ? empty : (): Result => empty;
  const declaration: MutationDeclaration = { name, kind, scope, errors };
  const authScopes = { [scope]: true };
  builder.relayMutationField(
    name,
    { description: `Input of \`${name}\`.`, inputFields: input },
    {
      description: `${description} ${errorText(errors)}.`,
      authScopes,
      extensions: { mutation: declaration, cost, rowCost },
      // Pothos can't tell the shapes of fields that a caller of this function will name.
      resolve: (_root, args, context) => {
        const { input: given } = args as unknown as { input: InputShapeFromFields<Fields> };
        return withUserErrors(emptyFor, () => resolve(context, given)) as never;
      },
    },
    {
      description: `Result of \`${name}\`.`,
      authScopes,
      outputFields: (t) => ({
        ...payload(t as never),
        userErrors: t.field({
          extensions: { rows: MAX_SHOWN_USER_ERRORS },
          type: [UserErrorType],
          description:
            'Errors because of which nothing was done: in the input or, when a transaction was sent and had no effect, in what it met on chain. Empty otherwise.',
          resolve: (result) => [...(result as { userErrors: readonly Refusal[] }).userErrors],
        }),
      }),
    },
  );
}
