import { releaseObjection } from '../../services/terms/releaseObjection.ts';
import { contractMutation } from '../mutations/contractMutation.ts';
import { changeInput, objectionPayload } from './changeFields.ts';

contractMutation({
  name: 'objectionRelease',
  kind: 'MEMBER',
  description:
    'Gives points back that were locked against a change, from the end of its notice on. On chain anybody may.',
  errors: ['NOT_FOUND', 'NOTICE_RUNS', 'NOTHING_TO_RELEASE'],
  input: (t) => ({ change: changeInput(t) }),
  resolve: (context, request, input) => releaseObjection(context, request, input),
  payload: objectionPayload,
});
