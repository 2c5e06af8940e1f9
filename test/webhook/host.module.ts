import { Module } from '@nestjs/common';

/** What a test makes of it, by dynamic metadata. */
@Module({})
export class HostModule {}
