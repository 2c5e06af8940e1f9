import { ExpressAdapter } from '@nestjs/platform-express';

export const platform = () => new ExpressAdapter();
