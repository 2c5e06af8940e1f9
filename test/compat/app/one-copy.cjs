// Loads the packages with `require` and with `import` in one process: a class must be the same class.
const assert = require('node:assert/strict');
require('reflect-metadata');

const ENTRIES = ['', '/spi', '/testing'].map((path) => `@green-notifications/nestjs${path}`);

async function check() {
  for (const entry of [...ENTRIES, '@green-notifications/emulator']) {
    const required = require(entry);
    const imported = await import(entry);
    for (const [name, value] of Object.entries(required))
      assert.equal(imported[name], value, `${entry}: ${name} exists twice`);
  }
  const { Module } = require('@nestjs/common');
  const { NestFactory } = require('@nestjs/core');
  const { GreenNotificationsModule, GreenNotificationsError } = require(ENTRIES[0]);
  const imported = await import(ENTRIES[0]);
  const start = (...imports) => {
    const AppModule = function () {};
    Module({ imports })(AppModule);
    return NestFactory.createApplicationContext(AppModule, { logger: false, abortOnError: false });
  };
  const options = { instances: [] };
  const app = await start(GreenNotificationsModule.forRoot(options));
  assert.ok(app.get(imported.GreenNotifications), 'the imported class is a token');
  await app.close();
  const twice = start(
    GreenNotificationsModule.forRoot(options),
    imported.GreenNotificationsModule.forRoot(options),
  );
  await assert.rejects(twice, (error) => {
    assert.ok(error instanceof imported.DuplicateRegistrationError);
    assert.ok(error instanceof GreenNotificationsError);
    return true;
  });
}

void check().then(() => console.log('one copy of each class'));
