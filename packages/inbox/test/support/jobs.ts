import type { NewJob } from '../../src/jobs/job.js';
import { identityOf, nextJobId } from '../../src/jobs/lanes-and-ids.js';

/** A job with a text, in the lane of a chat. */
export function jobOf(chat: string, text: string, id = nextJobId()): NewJob {
  return {
    id,
    lane: chat,
    identity: identityOf(`${chat} ${text}`),
    stored: {
      idInstance: '1101000001',
      transport: 'polling',
      receivedAt: new Date(0).toISOString(),
      notification: {
        typeWebhook: 'incomingMessageReceived',
        senderData: { chatId: chat },
        messageData: { typeMessage: 'textMessage', textMessageData: { textMessage: text } },
      },
    },
  };
}

/** The texts of jobs. */
export function textsOf(jobs: readonly Pick<NewJob, 'stored'>[]): readonly string[] {
  return jobs.map(({ stored }) => {
    const { messageData } = stored.notification as {
      readonly messageData: { readonly textMessageData: { readonly textMessage: string } };
    };
    return messageData.textMessageData.textMessage;
  });
}
