/** A notification as GREEN-API publishes it. Unknown kinds and fields are as good as known ones. */
export interface NotificationObject {
  typeWebhook: string;
  instanceData?: { idInstance: number; wid: string; typeInstance: string };
  timestamp?: number;
  idMessage?: string;
  [field: string]: unknown;
}
