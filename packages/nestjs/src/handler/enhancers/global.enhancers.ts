import type { CanActivate, NestInterceptor, PipeTransform } from '@nestjs/common';

import { SafeLogger } from '../../common/safe.logger.js';
import {
  GLOBAL_ENHANCER_TROUBLE,
  watchedGuard,
  watchedInterceptor,
  watchedPipe,
  type EnhancerKind,
} from './watched.enhancers.js';

/** The part of Nest's context creators that says which enhancers are global. */
interface GlobalEnhancerSource {
  getGlobalMetadata: (...context: never[]) => unknown[];
}

/**
 * Decides which global enhancers run for notifications, and says so once when one of them stands
 * in the way.
 */
export class GlobalEnhancers {
  private readonly logger = new SafeLogger('GreenNotifications');
  private readonly hinted = new Set<unknown>();

  constructor(readonly enabled: ReadonlySet<EnhancerKind>) {}

  /** Makes one of Nest's context creators follow the decision. */
  govern(kind: EnhancerKind, source: object): void {
    const creator = source as GlobalEnhancerSource;
    const all = creator.getGlobalMetadata.bind(creator);
    creator.getGlobalMetadata = (...context) =>
      this.enabled.has(kind)
        ? all(...context).map((enhancer) => this.watched(kind, enhancer as object))
        : [];
  }

  private watched(kind: EnhancerKind, enhancer: object): object {
    const trouble = (what: string) => this.hint(kind, enhancer, what);
    switch (kind) {
      case 'guards':
        return watchedGuard(enhancer as CanActivate, trouble);
      case 'interceptors':
        return watchedInterceptor(enhancer as NestInterceptor, trouble);
      case 'pipes':
        return watchedPipe(enhancer as PipeTransform, trouble);
      default:
        return enhancer;
    }
  }

  private hint(kind: EnhancerKind, { constructor }: object, what: string): void {
    if (this.hinted.has(constructor)) return;
    this.hinted.add(constructor);
    this.logger.warn(GLOBAL_ENHANCER_TROUBLE(kind, constructor.name, what));
  }
}
