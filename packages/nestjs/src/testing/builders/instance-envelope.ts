import type { InstanceData } from '../../notification/common/instance-data.payload.js';
import type { InstanceFields } from './instance.fields.js';

export const DEFAULT_ID_INSTANCE = 1101000001;

/** The part that all notifications have in common. */
export function instanceEnvelope(fields: InstanceFields): {
  instanceData: InstanceData;
  timestamp: number;
} {
  const {
    idInstance = DEFAULT_ID_INSTANCE,
    wid = '79001230000@c.us',
    typeInstance = 'whatsapp',
    timestamp = Math.floor(Date.now() / 1000),
  } = fields;
  return { instanceData: { idInstance, wid, typeInstance }, timestamp };
}
