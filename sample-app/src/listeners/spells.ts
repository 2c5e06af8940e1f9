import { chatIdOf, type Notification, textOf } from '@green-notifications/nestjs';
import { Injectable, Logger } from '@nestjs/common';
import { ConfigService } from '@nestjs/config';

import type { Environment } from '../config/environment.js';

const ALL_CHATS = '*';

/**
 * A spell is a text that makes a handler fail or wait. While it does, the notifications behind it
 * wait too. So spells work only for the chats in `SAMPLE_SPELLS`; from any other chat they are
 * ordinary texts.
 */
@Injectable()
export class Spells {
  private readonly logger = new Logger(Spells.name);
  private readonly chats: ReadonlySet<string>;

  constructor(config: ConfigService<Environment, true>) {
    const chats = config.get('SAMPLE_SPELLS', { infer: true }) ?? '';
    this.chats = new Set(chats.split(',').map((chat) => chat.trim()));
  }

  /** The number in a spell, at most `highest`; undefined if the chat may not cast spells. */
  numberIn(notification: Notification, highest: number): number | undefined {
    if (!this.chats.has(ALL_CHATS) && !this.chats.has(chatIdOf(notification) ?? ''))
      return undefined;
    const [digits = '0'] = /\d+$/.exec(textOf(notification) ?? '') ?? [];
    const asked = Number(digits);
    if (asked > highest) this.logger.warn(`The number of a spell is too high; ${highest} is used`);
    return Math.min(asked, highest);
  }
}
