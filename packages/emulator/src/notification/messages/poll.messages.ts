import type { MessageData } from '../notification.types.js';

/** Builders of polls and of votes in them. */
export const pollMessages = {
  poll: (name: string, options: readonly string[], multipleAnswers = false): MessageData => ({
    typeMessage: 'pollMessage',
    pollMessageData: {
      name,
      options: options.map((optionName) => ({ optionName })),
      multipleAnswers,
    },
  }),

  /** @param votes chat ids of the voters by option */
  pollUpdate: (
    stanzaId: string,
    name: string,
    votes: Readonly<Record<string, readonly string[]>>,
  ): MessageData => ({
    typeMessage: 'pollUpdateMessage',
    pollMessageData: {
      stanzaId,
      name,
      votes: Object.entries(votes).map(([optionName, optionVoters]) => ({
        optionName,
        optionVoters,
      })),
      multipleAnswers: false,
    },
  }),
};
