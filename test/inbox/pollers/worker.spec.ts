import { inMemoryInbox } from '@green-notifications/inbox';
import { expect, it } from '@jest/globals';

import { expectNotPolled } from '../../road/support/busy-app.js';
import { inbox, Journal } from '../../road/support/recording-inbox.js';
import { Road } from '../../road/support/road.js';

it('a worker whose instances nobody shares polls nothing, not even what is added', async () => {
  await using road = await Road.start(2);
  const { greenNotifications } = await road.run('polling', [inbox(new Journal())], {
    instances: [road.given(0)],
    inbox: inMemoryInbox({ role: 'worker' }),
  });
  await greenNotifications.addInstance(road.given(1));
  await expectNotPolled(road, road.at(0), road.at(1));
  expect(greenNotifications.instances).toHaveLength(2);
});
