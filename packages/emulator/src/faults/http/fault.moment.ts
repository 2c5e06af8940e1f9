/** Whether the request has done its work on the queue when the fault strikes. */
export type FaultMoment = 'before-effect' | 'after-effect';
