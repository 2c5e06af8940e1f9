/** What shapes the module itself, and therefore stands beside `useFactory` in `forRootAsync`. */
export interface RegistrationExtras {
  /**
   * Lets every module inject `GreenNotifications` without importing this one.
   *
   * @default false
   */
  readonly isGlobal?: boolean;
}
