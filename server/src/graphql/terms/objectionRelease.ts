import { releaseObjection } from '../../services/terms/releaseObjection.ts';
import { contractMutation } from '../mutations/contractMutation.ts';
import { changeInput, objectionPayload } from './changeFields.ts';

contractMutation({
  name: 'objectionRelease',
  kind: 'MEMBER',
  description:
    'Releases the points that a member locked against a change, once its notice has ended; any account may do so on chain.',
  errors: ['NOT_FOUND', 'NOTICE_RUNS', 'NOTHING_TO_RELEASE'],
  input: (t) => ({ change: changeInput(t) }),
  resolve: (context, request, input) => releaseObjection(context, request, input),
  payload: objectionPayload,
});
