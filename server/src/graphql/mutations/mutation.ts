import type { InputFieldMap, InputShapeFromFields } from '@pothos/core';
import type { GraphQLSchema } from 'graphql';
import {
  SERVICE_ERROR_CODES,
  type UserError,
  type ErrorCode,
  type Refusal,
} from '../../domain/errors.ts';
import type { Environment } from '../../domain/environment.ts';
import type { CallerScope } from '../../domain/organisations/scopes.ts';
import {
  refusePeopleInLive,
  requireOwner,
  requireTwoFactor,
} from '../../services/organisations/organisations.ts';
import { builder, type OpenTo } from '../core/builder.ts';
import type { GraphqlContext } from '../core/context.ts';
import { UserErrorType, withUserErrors } from '../errors/userErrors.ts';
import { audited } from './audited.ts';
import { nameOfCall } from '../core/sharedCalls.ts';

type Types = (typeof builder)['$inferSchemaTypes'];
/** Field builder of an input type. */
export type InputFields = PothosSchemaTypes.InputFieldBuilder<Types, 'InputObject'>;
/** Field builder of a payload of this shape. */
export type PayloadFields<Shape> = PothosSchemaTypes.ObjectFieldBuilder<Types, Shape>;

/** Makes the input field for the idempotency key of a mutation without a transaction. */
// eslint-disable-next-line @typescript-eslint/explicit-module-boundary-types -- Pothos reads the type of the field from what is inferred.
export const idempotencyKeyInput = (t: InputFields) =>
  t.string({
    required: true,
    description:
      'Key chosen by the caller, 1 to 128 characters. For 24 hours, the same key with the same input writes once, and with another input is refused.',
  });

/** All of a mutation, or what is live of it. */
type ForOwners = 'ALL' | 'LIVE';

/** Says in a description who of the people may. */
const OWNERS_ALONE: Readonly<Record<ForOwners, string>> = {
  ALL: ' Of the people of an organisation, owners alone may.',
  LIVE: ' Of the people of an organisation, owners alone may in live.',
};

/** Says in a description which people may; nothing where their scopes say it. */
function whichPeople({ kind, forOwners }: Pick<MutationDeclaration, 'kind' | 'forOwners'>): string {
  if (kind === 'MEMBER') return ' People act for members in test only.';
  return forOwners === undefined ? '' : OWNERS_ALONE[forOwners];
}

/** Declares a mutation where it is defined; the schema has it as `extensions.mutation`. */
export interface MutationDeclaration {
  readonly name: string;
  /** Role that sends the contract call; null for a mutation that sends none. */
  readonly kind: 'OPERATOR' | 'MEMBER' | null;
  readonly scope: OpenTo;
  /** Opens it as well; what it is not enough for is refused when it is done. */
  readonly otherScope?: CallerScope;
  /** Whether a session of a member may do it for itself, besides. */
  readonly isForMembers?: boolean;
  /**
   * What a person has to be an owner for: it binds the program in the eyes of its members, moves money or can not be taken back. Asking
   * what it would do is open, and so is the mutation to a key with the scope.
   */
  readonly forOwners?: ForOwners;
  /** Whether its calls are in the audit log, members' included; those of keys and people for the organisation always are. */
  readonly isAudited?: boolean;
  readonly errors: readonly ErrorCode[];
}

/** Reads the state of what a mutation changes; null where there is none. The result is null before the call. */
export type ReadState<Input, Result> = (
  context: GraphqlContext,
  input: Input,
  result: Result | null,
) => Promise<unknown>;

/** What the cost of a query counts on: most inputs have one error, the worst ones a few. */
const MAX_SHOWN_USER_ERRORS = 20;

/** Whether an input only asks what would happen. */
const isDryRun = (input: object): boolean => 'dryRun' in input && input.dryRun === true;

/** Whether owners alone may do a mutation in an environment. */
export const isForOwners = (forOwners: ForOwners | undefined, environment: Environment): boolean =>
  forOwners === 'ALL' || (forOwners === 'LIVE' && environment === 'live');

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
 * @param declared.state Reads the state of what it changes, for the audit log: before the call (without a result) and after it.
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
      schema: GraphQLSchema,
    ) => Promise<NoInfer<Result>>;
    readonly state?: ReadState<NoInfer<InputShapeFromFields<Fields>>, NoInfer<Result>>;
  },
): void {
  const {
    name,
    kind,
    scope,
    otherScope,
    isForMembers = false,
    isAudited = false,
    forOwners,
    errors,
    description,
    cost,
    rowCost = 0,
  } = declared;
  const { input, payload, empty, resolve } = declared;
  const emptyFor = typeof empty === 'function' ? empty : (): Result => empty;
  const declaration: MutationDeclaration = {
    ...{ name, kind, scope, isForMembers, isAudited, errors },
    ...(otherScope !== undefined && { otherScope }),
    ...(forOwners !== undefined && { forOwners }),
  };
  const authScopes = {
    $any: {
      [scope]: true,
      ...(otherScope !== undefined && { [otherScope]: true }),
      ...(isForMembers && { 'member:self': true }),
    },
  };
  builder.relayMutationField(
    name,
    { description: `Input of \`${name}\`.`, inputFields: input },
    {
      description: `${description}${whichPeople(declared)} ${errorText(errors)}.`,
      authScopes,
      extensions: { mutation: declaration, cost, rowCost },
      // Pothos can't tell the shapes of fields that a caller of this function will name.
      resolve: (_root, args, context, { schema }) => {
        const { input: given } = args as unknown as { input: InputShapeFromFields<Fields> };
        const { caller } = context;
        if (caller?.kind === 'PERSON') {
          const { environment } = caller;
          if (isForOwners(forOwners, environment) && !isDryRun(given)) requireOwner(caller, name);
          if (environment === 'live') requireTwoFactor(caller);
          if (kind === 'MEMBER') refusePeopleInLive(caller);
        }
        return audited<Result & { userErrors: readonly Refusal[] }>(
          declaration,
          {
            input: given,
            state: async (result) => declared.state?.(context, given, result) ?? null,
          },
          context,
          () =>
            context.sharedCalls.run(nameOfCall(name, caller, given), () =>
              withUserErrors(emptyFor, () => resolve(context, given, schema)),
            ),
        ) as never;
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
