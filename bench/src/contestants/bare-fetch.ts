import { loops, type Received } from './loop.by-hand.js';

/** The `fetch` of Node, with the URLs built for each call as its users do. */
export const startReceiving = loops(
  ({ apiUrl, idInstance, apiTokenInstance }, receiveTimeoutSeconds) => ({
    async receive() {
      const answer = await fetch(
        `${apiUrl}/waInstance${idInstance}/receiveNotification/${apiTokenInstance}?receiveTimeout=${receiveTimeoutSeconds}`,
      );
      return (await answer.json()) as Received | null;
    },
    async remove(receiptId) {
      const answer = await fetch(
        `${apiUrl}/waInstance${idInstance}/deleteNotification/${apiTokenInstance}/${receiptId}`,
        { method: 'DELETE' },
      );
      return answer.json();
    },
  }),
);
