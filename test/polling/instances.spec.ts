import { GreenNotifications, OnNotification, Text } from '@green-notifications/nestjs';
import { describe, expect, it } from '@jest/globals';
import { Injectable } from '@nestjs/common';

import { CANARY_TOKEN } from '../support/canary.js';
import { PollingHarness } from '../support/polling.harness.js';

@Injectable()
class Inbox {
  readonly texts: string[] = [];

  @OnNotification('incomingMessageReceived')
  onText(@Text() text: string) {
    this.texts.push(text);
  }
}

describe('instances that come and go', () => {
  it('receives from an instance that is added, until it is removed', async () => {
    await using harness = await PollingHarness.start();
    const app = await harness.run({ providers: [Inbox] });
    const added = harness.emulator.addInstance({
      idInstance: 1102,
      apiTokenInstance: CANARY_TOKEN,
    });
    const notifications = app.get(GreenNotifications);
    await notifications.addInstance({
      name: 'second shop',
      idInstance: 1102,
      apiTokenInstance: CANARY_TOKEN,
      apiUrl: harness.emulator.url,
    });
    await added.publish(added.build.incomingText('hello')).deleted;
    expect(app.get(Inbox).texts).toEqual(['hello']);

    await added.waitForParkedPolls();
    expect(await notifications.removeInstance('second shop')).toBe(true);
    await added.until(() => added.parkedPolls === 0);
    expect(notifications.instances.map(({ name }) => name)).toEqual(['1101000001']);
    expect(await notifications.removeInstance('second shop')).toBe(false);
    await harness.instance.publish(harness.instance.build.incomingText('still here')).deleted;
  });

  it('refuses an instance that is there already, and options that are wrong', async () => {
    await using harness = await PollingHarness.start();
    const app = await harness.run({ providers: [Inbox] });
    const notifications = app.get(GreenNotifications);
    const token = { apiTokenInstance: CANARY_TOKEN };
    await expect(
      notifications.addInstance({ idInstance: 1101000001, ...token }),
    ).rejects.toMatchObject({ code: 'DUPLICATE_INSTANCE' });
    await expect(notifications.addInstance({ idInstance: 'x', ...token })).rejects.toMatchObject({
      code: 'INVALID_OPTIONS',
    });
  });
});
