import type { ControlRow } from '../controlRow.ts';
import { MEMBER_ROWS, SHOP_ROWS } from './memberRows.ts';
import { DEVELOPER_ROWS, ORGANISATION_ROWS } from './organisationRows.ts';
import { TERMS_ROWS } from './programRows.ts';

/** All controls of the console that have something written. */
export const CONTROL_ROWS: readonly ControlRow[] = [
  ...TERMS_ROWS,
  ...MEMBER_ROWS,
  ...SHOP_ROWS,
  ...DEVELOPER_ROWS,
  ...ORGANISATION_ROWS,
];

/** Documents of mutations that no role keeps from anybody, and why. */
export const OPEN_TO_ALL: Readonly<Record<string, string>> = {
  InvitationAccept: 'The person who was invited has no role yet.',
  OrganisationCreate: 'Who founds an organisation becomes its owner.',
  SessionRevoke: 'Everybody ends sessions of their own.',
  TeamLeave: 'Everybody may leave; only the last owner stays.',
  TransactionSign:
    'It has the signature that a write asked for whose control is in the table; whose wallet it is decides.',
};
