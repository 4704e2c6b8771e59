import { leavingPerson } from '@souk/shared/contracts/values';
import { sagaTable } from '@souk/shared/saga/saga-table';
import { deletionTopic } from '../domain/topics.js';

/** Names of all sagas of account. */
export const sagaNames = ['delete-account'];

/** Stores sagas in account's table `saga`. */
export const sagaStore = sagaTable({
  subjectColumns: ['user_id'],
  subjectOf: (input) => ({ user_id: leavingPerson.parse(input).userId }),
  topicOf: ({ id }) => deletionTopic(id),
});
