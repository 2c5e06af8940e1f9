import type { EmulatedInstance } from '@green-notifications/emulator';
import {
  GreenNotifications,
  GreenNotificationsModule,
  type GreenNotificationsModuleOptions,
  type Inbox,
} from '@green-notifications/nestjs';
import type { INestApplication, Type } from '@nestjs/common';

import type { Place } from '../../../packages/inbox/test/support/engines.js';
import { settingsOf } from '../../../packages/inbox/src/inbox.options.js';
import { JobStoreInbox } from '../../../packages/inbox/src/job-store.inbox.js';
import { PollingHarness } from '../../support/polling.harness.js';

type Settings = Parameters<typeof settingsOf>[0];
type Options = Partial<GreenNotificationsModuleOptions> & {
  /** Options of the inbox. */
  readonly inboxSettings?: Settings;
};

/** Applications that poll an emulator and share an inbox. */
export class InboxScene implements AsyncDisposable {
  private constructor(
    readonly harness: PollingHarness,
    private readonly place: Place,
  ) {}

  /** @param instances how many */
  static async start(place: Place, instances = 1): Promise<InboxScene> {
    const ids = Array.from({ length: instances }, (_, index) => 1101000001 + index);
    return new InboxScene(await PollingHarness.start(...ids), place);
  }

  /** The first one. */
  get instance() {
    return this.harness.instance;
  }

  /** Publishes texts from a chat of the first instance. */
  say(chat: string, ...texts: string[]) {
    return this.sayTo(this.instance, chat, ...texts);
  }

  sayTo(instance: EmulatedInstance, chat: string, ...texts: string[]) {
    const { build } = instance;
    return texts.map((text) => instance.publish(build.incomingText(text, { chatId: chat })));
  }

  async run(
    providers: readonly Type[],
    { inboxSettings = {}, ...options }: Options = {},
  ): Promise<INestApplication> {
    const inbox: Inbox = new JobStoreInbox(await this.place.connect(), settingsOf(inboxSettings));
    const defaults = this.harness.options({ deadLetters: undefined });
    return this.harness.runModule({
      imports: [GreenNotificationsModule.forRoot({ ...defaults, ...options, inbox })],
      providers: [...providers],
    });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.harness[Symbol.asyncDispose]();
  }
}

/** The module of an application. */
export const moduleOf = (app: INestApplication) => app.get(GreenNotifications);
