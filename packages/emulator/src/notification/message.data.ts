/** `messageData`: a `typeMessage` and the payload that goes with it. */
export interface MessageData {
  typeMessage: string;
  [payload: string]: unknown;
}
