import type { GreenNotifications } from '@green-notifications/nestjs';

type AddedInstance = Parameters<GreenNotifications['addInstance']>[0];

/** Stops, starts, removes and adds while all goes on, and waits for none before it asks for the next. */
export class ChaosLifecycle {
  /** What it asked for. */
  calls = 0;
  /** What was refused; nothing should be, because all that is asked for makes sense in its turn. */
  readonly refused: string[] = [];

  constructor(
    private readonly instances: readonly AddedInstance[],
    private readonly random: () => number,
  ) {}

  /** Everything is as it was before when this resolves. */
  async disturb(greenNotifications: GreenNotifications): Promise<void> {
    const [one, other] = [this.anyInstance(), this.anyInstance()];
    const stop = () => greenNotifications.stop();
    const start = () => greenNotifications.start();
    const remove = (instance: AddedInstance) => () =>
      greenNotifications.removeInstance(String(instance.idInstance));
    const add = (instance: AddedInstance) => () => greenNotifications.addInstance(instance);
    const turns = [
      [stop, start],
      [stop, stop, start],
      [remove(one), add(one)],
      [stop, remove(one), start, add(one)],
      [remove(one), stop, add(one), start],
      ...(one === other ? [] : [[remove(one), remove(other), add(one), stop, add(other), start]]),
    ];
    const calls = turns[Math.floor(this.random() * turns.length)]!;
    this.calls += calls.length;
    const results = await Promise.allSettled(calls.map((call) => call()));
    for (const result of results) {
      if (result.status === 'rejected') this.refused.push(String(result.reason));
    }
  }

  private anyInstance(): AddedInstance {
    return this.instances[Math.floor(this.random() * this.instances.length)]!;
  }
}
