import { GreenApiClient } from '../gateway/green-api.client.js';
import type { InstanceRegistry } from '../instance/instance.registry.js';

/** The clients that `@InjectGreenApi` injects into the classes of this application. */
export class InjectedClients {
  /** Those that are not checked yet; undefined after the check. */
  private finders: (() => GreenApiClient)[] | undefined = [];

  constructor(private readonly registry: InstanceRegistry) {}

  /** @param asker names the decorator and the class in errors */
  of(name: string | undefined, asker: string): GreenApiClient {
    const find = () => this.registry.named(name, asker).client;
    this.finders?.push(find);
    return standIn(find);
  }

  /**
   * Called once, when the application starts.
   *
   * @param allowsUnknownInstances whether instances may be added later
   * @throws {InstanceNotFoundError} if an instance does not exist and cannot be added later
   */
  check(allowsUnknownInstances: boolean): void {
    const { finders = [] } = this;
    this.finders = undefined;
    if (!allowsUnknownInstances) for (const find of finders) find();
  }
}

/** A client that forwards each call to the one that `find` returns at that moment. */
function standIn(find: () => GreenApiClient): GreenApiClient {
  const stand = Object.create(GreenApiClient.prototype) as GreenApiClient;
  return new Proxy(stand, {
    get(_, key) {
      // Nest, a promise and a debugger ask for other properties, also if there is no instance.
      if (!FORWARDED.has(key)) return Reflect.get(stand, key) as unknown;
      const client = find();
      const value: unknown = Reflect.get(client, key);
      return typeof value === 'function' ? (value.bind(client) as unknown) : value;
    },
  });
}

const FORWARDED: ReadonlySet<string | symbol> = new Set(
  Reflect.ownKeys(GreenApiClient.prototype)
    .filter((key) => key !== 'constructor')
    .concat('idInstance'),
);
