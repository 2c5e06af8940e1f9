import { type DeadLetter, OnDeadLetter } from '@green-notifications/nestjs';
import { Injectable, type Type } from '@nestjs/common';

/** A provider whose only handler, `Alarm.onDeadLetter`, adds each dead letter to `received`. */
export function alarm(received: DeadLetter[] = []): Type<unknown> {
  @Injectable()
  class Alarm {
    @OnDeadLetter()
    onDeadLetter(letter: DeadLetter): void {
      received.push(letter);
    }
  }
  return Alarm;
}
