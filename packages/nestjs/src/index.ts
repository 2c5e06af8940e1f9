export { GreenNotificationsError } from './common/green-notifications.error.js';

export { NotificationContext } from './handler/notification.context.js';
export { NotificationExecutionContext } from './handler/notification-execution.context.js';
export { ChatId } from './handler/decorators/chat-id.decorator.js';
export { Ctx } from './handler/decorators/ctx.decorator.js';
export { OnNotification } from './handler/decorators/on-notification.decorator.js';
export { Payload } from './handler/decorators/payload.decorator.js';
export { Sender } from './handler/decorators/sender.decorator.js';
export { Text } from './handler/decorators/text.decorator.js';
export { GreenNotificationsModule } from './module/green-notifications.module.js';
export type { GreenNotificationsModuleOptions } from './module/green-notifications-module.options.js';
export { GreenNotifications } from './module/green-notifications.service.js';
