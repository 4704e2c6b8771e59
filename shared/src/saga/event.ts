import type { RejectionData } from '../errors.js';
import type { ReplyEnvelope } from '../contracts/saga-envelope.js';

/** Events that change a saga. */
export type SagaEvent =
  | { kind: 'start' }
  | ({ kind: 'reply' } & Pick<ReplyEnvelope, 'position' | 'direction' | 'attempts' | 'outcome'>)
  /** The wait is over without an answer: it expired, or the buyer gave up. */
  | { kind: 'compensate'; rejection: RejectionData }
  /** It is to be compensated: at once where it waits, otherwise once its present step has answered. */
  | { kind: 'stop'; rejection: RejectionData }
  /** An administrator retries the step, or compensation, that failed. */
  | { kind: 'retry' }
  /** An administrator has carried out the failed step, or compensation, by hand. */
  | { kind: 'resolveManually' }
  /** No reply has arrived for a while. */
  | { kind: 'wake' };
