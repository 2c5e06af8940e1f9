import { type DeliveryProgress, InMemoryProgressStore } from '../../delivery/delivery.progress.js';

/** Lets a test make the next attempt at once. */
export class AlwaysDueProgressStore extends InMemoryProgressStore {
  override find(key: string): DeliveryProgress | undefined {
    const progress = super.find(key);
    for (const handler of progress?.handlers.values() ?? []) handler.dueAtMs = 0;
    return progress;
  }
}
