import {
  type DeliveryProgress,
  InMemoryProgressStore,
  ProgressStore,
} from '@green-notifications/nestjs/spi';

import type { RunningJob } from './running-job.js';

/** The jobs whose handlers run in this process, by the keys of their deliveries. */
export class RunningJobs extends ProgressStore {
  private readonly byKey = new Map<string, RunningJob>();
  /** Of redrives, which are no jobs. */
  private readonly others = new InMemoryProgressStore();

  get size(): number {
    return this.byKey.size;
  }

  add(key: string, job: RunningJob): void {
    this.byKey.set(key, job);
  }

  /** Does nothing if the job was taken over and is handed out again. */
  remove(key: string, job: RunningJob): void {
    if (this.byKey.get(key) === job) this.byKey.delete(key);
  }

  has(job: RunningJob): boolean {
    return [...this.byKey.values()].includes(job);
  }

  /** Whether anything of this instance is being handled. */
  hasOf(idInstance: string): boolean {
    return [...this.byKey.values()].some(({ claimed }) => claimed.stored.idInstance === idInstance);
  }

  /** The running job whose delivery has this key. */
  get(key: string): RunningJob | undefined {
    return this.byKey.get(key);
  }

  values(): Iterable<RunningJob> {
    return this.byKey.values();
  }

  find(key: string): DeliveryProgress | undefined {
    const job = this.byKey.get(key);
    return job ? job.progress : this.others.find(key);
  }

  save(key: string, progress: DeliveryProgress): void {
    const job = this.byKey.get(key);
    if (job) job.progress = progress;
    else this.others.save(key, progress);
  }

  forget(key: string): void {
    const job = this.byKey.get(key);
    if (job) job.progress = undefined;
    else this.others.forget(key);
  }
}
