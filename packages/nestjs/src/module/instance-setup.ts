import { SafeLogger } from '../common/safe.logger.js';
import type { Connections } from '../gateway/connections.js';
import type { Instance, TransportName } from '../instance/instance.js';
import { InstanceRegistry } from '../instance/instance.registry.js';
import type { WebhookAuthenticator } from '../transport/webhook/gate/webhook.authenticator.js';
import { InvalidOptionsError } from './module.errors.js';
import type { GreenNotificationsOptions } from './options/green-notifications.options.js';
import type { InstanceOptions } from './options/instance.options.js';
import { listOf } from './options/webhook.options.js';
import { weaknessesOfInstance } from './weak-options.js';

type Given = GreenNotificationsOptions;

/**
 * Creates the registry with the instances of the options.
 *
 * @param connections handle their calls instead of real connections to GREEN-API, in tests
 */
export function instanceRegistryOf(given: Given, connections?: Connections): InstanceRegistry {
  const registry = new InstanceRegistry(connections);
  for (const options of given.instances) registry.add(registrationOf(options, given));
  return registry;
}

/**
 * Whether the module needs a webhook route: an instance receives by webhook, or may be added later.
 */
export function hasWebhookRoute(given: Given): boolean {
  const { webhook } = given;
  return (
    given.transport === 'webhook' ||
    webhook.token !== undefined ||
    webhook.insecure ||
    given.instances.some((options) => transportOf(options, given) === 'webhook')
  );
}

/** Adds and removes instances at run time. They work like the instances of the options. */
export class InstanceSetup {
  private readonly logger = new SafeLogger('GreenNotifications');

  constructor(
    private readonly given: Given,
    private readonly registry: InstanceRegistry,
    private readonly authenticator: WebhookAuthenticator,
  ) {}

  /**
   * @throws {InvalidOptionsError} if it would receive by webhook without a route, token or public
   * URL
   * @throws {DuplicateInstanceError}
   */
  add(options: InstanceOptions): Instance {
    const { given, registry, authenticator } = this;
    const transport = transportOf(options, given);
    const tokens = listOf(options.webhookToken);
    const { name = String(options.idInstance) } = options;
    if (transport === 'webhook') {
      if (!hasWebhookRoute(given)) throw new InvalidOptionsError([noRoute(name)]);
      const isReady = tokens.length > 0 || authenticator.isReadyFor(String(options.idInstance));
      if (!isReady) throw new InvalidOptionsError([noToken(name)]);
      requirePublicUrl(given);
    }
    for (const weakness of weaknessesOfInstance(options)) this.logger.warn(weakness);
    const instance = registry.add(registrationOf(options, given));
    authenticator.setTokens(instance.idInstance, tokens);
    return instance;
  }

  remove(instance: Instance): void {
    this.registry.remove(instance);
    this.authenticator.forgetTokens(instance.idInstance);
  }
}

/** @throws {InvalidOptionsError} if an instance has no token and `insecure` is false */
export function requireTokens(
  instances: readonly Instance[],
  authenticator: WebhookAuthenticator,
): void {
  const unprotected = instances.filter(({ idInstance }) => !authenticator.isReadyFor(idInstance));
  if (unprotected.length === 0) return;
  throw new InvalidOptionsError([noToken(unprotected.map(({ name }) => name).join(', '))]);
}

/** @throws {InvalidOptionsError} if `settings: 'apply'` has no `webhook.publicUrl` to set */
export function requirePublicUrl({ settings, webhook }: Given): void {
  if (settings !== 'apply' || webhook.publicUrl !== undefined) return;
  throw new InvalidOptionsError([
    "webhook.publicUrl: settings: 'apply' needs it, to tell GREEN-API where to post",
  ]);
}

function transportOf({ transport }: InstanceOptions, given: Given): TransportName {
  return transport ?? given.transport;
}

function registrationOf(options: InstanceOptions, given: Given) {
  const { name, idInstance, apiTokenInstance, apiUrl, mediaUrl } = options;
  const transport = transportOf(options, given);
  return { name, idInstance: String(idInstance), apiTokenInstance, apiUrl, mediaUrl, transport };
}

const noToken = (names: string) =>
  `webhook.token: no token is set for ${names}, so anyone could post notifications; choose a long ` +
  'random token and also set it as webhookUrlToken in the GREEN-API console (or set ' +
  'webhook.insecure: true if that does not matter)';

const noRoute = (name: string) =>
  `transport: ${name} receives by webhook, but the application started without a webhook ` +
  "route; set transport: 'webhook' or webhook.token in the options of GreenNotificationsModule";
