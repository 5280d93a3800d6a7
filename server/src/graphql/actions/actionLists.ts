/** Lists the actions of a program, and of an entry of a member's history. None of it is public. */
import { builder, ofOwnProgram } from '../core/builder.ts';
import { AFTER, FIRST } from '../core/connection.ts';
import { toPage } from '../core/pages.ts';
import { HistoryEntryType } from '../members/member.ts';
import { ProgramType } from '../programs/program.ts';
import { HistoryStateEnum } from '../statements/historyState.ts';
import {
  ActionConnection,
  actionPageOf,
  ACTIONS_COST,
  ENTRY_ACTIONS_COST,
  onlyAction,
  statesOf,
} from './action.ts';

/** States of the actions of an entry that counts. */
const COUNTING = ['PENDING', 'SETTLED', 'LAPSED', 'REFUSED', 'RULE_NOT_IN_FORCE'] as const;

builder.objectField(HistoryEntryType, 'actions', (t) =>
  t.field({
    extensions: { cost: ENTRY_ACTIONS_COST },
    type: ActionConnection,
    description:
      'Actions of this entry, newest first. A page looks at 200 entries of the log: it may be short while `hasNextPage` is true. Errors: OUT_OF_RANGE, MALFORMED.',
    args: {
      first: t.arg.int({ description: FIRST }),
      after: t.arg.string({ description: AFTER }),
    },
    resolve: ({ member, externalId, epoch, rule, state, voided }, args, context) => {
      const list = ['Action', `${member.id}.${epoch}.${rule.id}`] as const;
      if (voided !== null) {
        const ids = { memberId: externalId, eventId: voided.eventId };
        return onlyAction(context.program, list, ids, context);
      }
      const states = state === 'MATURING' ? ([state] as const) : COUNTING;
      const selection = { member, epoch, ruleId: rule.id, states };
      return actionPageOf(context.program, args, list, selection, context);
    },
  }),
);

builder.objectField(ProgramType, 'actions', (t) =>
  t.field({
    extensions: { cost: ACTIONS_COST },
    type: ActionConnection,
    authScopes: ofOwnProgram('members:read'),
    description:
      'Actions, newest first; those of one member by epoch. A page with `state` looks at 500 entries of the log: it may be short, or empty, while `hasNextPage` is true. Errors: OUT_OF_RANGE, MALFORMED.',
    args: {
      first: t.arg.int({ description: FIRST }),
      after: t.arg.string({ description: AFTER }),
      memberId: t.arg.string({
        description:
          "The app's own id of a member; left out for all. Of an unknown one there are none.",
      }),
      state: t.arg({
        type: HistoryStateEnum,
        description: 'State of the actions to return; left out for all.',
      }),
    },
    resolve: async (program, { memberId, state, ...args }, context) => {
      const member = memberId == null ? null : await context.members.find(program, memberId);
      const list = ['Action', member?.id ?? program.id] as const;
      if (memberId != null && member === null) return toPage(list, [], () => '', false);
      return actionPageOf(program, args, list, { member, states: statesOf(state) }, context);
    },
  }),
);
