import { describe, expect, it } from '@jest/globals';
import { ApplicationConfig, type HttpAdapterHost, ModulesContainer } from '@nestjs/core';

import { ApplicationWatch } from '../application-watch.js';
import { RefusalLog } from '../gate/refusal.log.js';
import type { WebhookGate } from '../gate/webhook.gate.js';
import { NestTooOldError } from '../webhook.errors.js';
import type { WebhookRoute } from './webhook.route.js';
import { WebhookMount } from './webhook.mount.js';

describe('WebhookMount', () => {
  it('names the required Nest version if Nest is older than 11.1.4', () => {
    const host = { httpAdapter: {} } as HttpAdapterHost;
    const watch = new ApplicationWatch(new RefusalLog());
    const webhook = new WebhookMount(host, new ApplicationConfig(), new ModulesContainer(), watch);
    const mount = () => webhook.mount({} as WebhookGate, {} as WebhookRoute);
    expect(mount).toThrow(NestTooOldError);
    expect(mount).toThrow('11.1.4 or newer');
  });
});
