import { type Behaviour, inbox, Journal } from '../../road/support/recording-inbox.js';

/** A provider whose only handler, `Inbox.onAny`, behaves as it is told and then writes the text down. */
export function recordingHandler(behave: Behaviour = () => undefined) {
  const handled: string[] = [];
  const Inbox = inbox(new Journal(), async (run) => {
    await behave(run);
    handled.push(run.text);
  });
  return { Inbox, handled };
}
