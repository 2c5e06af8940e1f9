import { describe, expect, it } from '@jest/globals';

import { NotificationIntake, type RawDelivery } from '../../delivery/notification.intake.js';
import type { Outcome } from '../../delivery/outcome.js';
import type { Instance } from '../../instance/instance.js';
import type { PollerShare } from '../../instance/poller-share.js';
import { SharedPollingIntake } from './shared-polling.transport.js';

const ACKNOWLEDGED: Outcome = { result: 'acknowledged', reason: 'stored', runs: [] };

class AcceptingIntake extends NotificationIntake {
  readonly accepted: unknown[] = [];

  async accept({ body }: RawDelivery): Promise<Outcome> {
    this.accepted.push(body);
    return ACKNOWLEDGED;
  }

  async deleted(): Promise<void> {}

  async emptied(): Promise<void> {}
}

describe('SharedPollingIntake', () => {
  it('takes nothing from an instance that another process may poll', async () => {
    const intake = new AcceptingIntake();
    const held = { idInstance: '1101' } as Instance;
    const lost = { idInstance: '1102' } as Instance;
    const share = { holds: (instance) => instance === held } as PollerShare;
    const shared = new SharedPollingIntake(intake, share);
    const raw = (instance: Instance): RawDelivery => ({
      body: instance.idInstance,
      instance,
      transport: 'polling',
      receivedAt: new Date(),
      redeliveryMs: 0,
    });
    expect(await shared.accept(raw(held))).toBe(ACKNOWLEDGED);
    expect(await shared.accept(raw(lost))).toMatchObject({ result: 'retry' });
    expect(intake.accepted).toEqual(['1101']);
  });
});
