import type { ChangeTopic } from './fields.ts';

/** How the state of a change looks: by what it is for members, whether they wanted it or not is theirs to say. */
export const STATE_TAGS: Readonly<Record<ChangeTopic['state'], string>> = {
  ...{ PENDING: 'waiting', ENACTED: 'accent', STRUCK_DOWN: '' },
  ...{ WITHDRAWN: '', DEAD: '' },
};
