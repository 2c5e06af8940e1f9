/** `stateInstance` as `getStateInstance` and `stateInstanceChanged` name it. */
export type StateInstance =
  | 'notAuthorized'
  | 'authorized'
  | 'blocked'
  | 'starting'
  | 'sleepMode'
  | 'yellowCard'
  | 'suspended'
  | 'pendingCode'
  | 'pendingPassword';
