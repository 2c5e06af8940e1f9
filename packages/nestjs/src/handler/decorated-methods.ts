import type { DiscoveryService, MetadataScanner } from '@nestjs/core';
import type { InstanceWrapper } from '@nestjs/core/injector/instance-wrapper.js';

/** A method of the application that has one of this package's decorators. */
export interface DecoratedMethod<Metadata> {
  readonly wrapper: InstanceWrapper;
  readonly prototype: object;
  readonly methodName: string;
  /** Class and method, such as `Inbox.onText`. */
  readonly name: string;
  /** What the decorator stored on the method. */
  readonly metadata: Metadata;
}

/** Finds the methods that have the metadata `key`. */
export class DecoratedMethods<Metadata> {
  constructor(
    private readonly key: symbol,
    private readonly discovery: DiscoveryService,
    private readonly scanner: MetadataScanner,
  ) {}

  onControllers(): readonly DecoratedMethod<Metadata>[] {
    return this.discovery.getControllers().flatMap((wrapper) => this.methodsOf(wrapper));
  }

  /**
   * Returns the methods once for each instance. A `useFactory` or `useValue` provider may return an
   * instance that is already a provider. It then counts once, as the provider that Nest created
   * from the class.
   */
  onProviders(): readonly DecoratedMethod<Metadata>[] {
    const seen = new Set<unknown>();
    return this.discovery
      .getProviders()
      .filter(({ isAlias }) => !isAlias)
      .toSorted((a, b) => Number(a.isNotMetatype) - Number(b.isNotMetatype))
      .filter(({ instance }) => {
        const isFirst = !instance || !seen.has(instance);
        seen.add(instance);
        return isFirst;
      })
      .flatMap((wrapper) => this.methodsOf(wrapper));
  }

  private methodsOf(wrapper: InstanceWrapper): DecoratedMethod<Metadata>[] {
    const prototype = prototypeOf(wrapper);
    if (prototype === undefined) return [];
    return this.scanner.getAllMethodNames(prototype).flatMap((methodName) => {
      const method: unknown = (prototype as Record<string, unknown>)[methodName];
      if (typeof method !== 'function' || !Reflect.hasMetadata(this.key, method)) return [];
      const name = `${prototype.constructor.name}.${methodName}`;
      const metadata = Reflect.getMetadata(this.key, method) as Metadata;
      return { wrapper, prototype, methodName, name, metadata };
    });
  }
}

/** A request-scoped factory has no instance yet. Its token is usually the class, so use that. */
function prototypeOf(wrapper: InstanceWrapper): object | undefined {
  const { instance, token } = wrapper;
  const isCreatedPerRequest = typeof token === 'function' && !wrapper.isDependencyTreeStatic();
  const prototype: unknown =
    typeof instance === 'object' && instance !== null
      ? Object.getPrototypeOf(instance)
      : isCreatedPerRequest && token.prototype;
  return typeof prototype === 'object' && prototype !== null ? prototype : undefined;
}
