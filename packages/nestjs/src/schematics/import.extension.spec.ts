import { describe, expect, it } from '@jest/globals';
import ts from 'typescript';

import { importExtensionIn } from './import.extension.js';

function extensionIn(source: string, files: Record<string, object>): string {
  const exists = (path: string) => path in files;
  const read = (path: string) => (exists(path) ? Buffer.from(JSON.stringify(files[path])) : null);
  return importExtensionIn({ exists, read }, source, ts);
}

const ES_MODULE = { '/package.json': { type: 'module' } };
const COMMON_JS = { '/package.json': {} };

describe('importExtensionIn', () => {
  it.each([
    ['./app.service', COMMON_JS, ''],
    ['./app.service', ES_MODULE, ''],
    ['./app.service.js', ES_MODULE, '.js'],
    ['../app.service.ts', COMMON_JS, '.ts'],
    ['@nestjs/common', COMMON_JS, ''],
    ['socket.js', COMMON_JS, ''],
    ['@nestjs/common', ES_MODULE, '.js'],
    ['@nestjs/common', {}, ''],
  ])('follows an import of %s, or else %j', (imported, files, extension) => {
    expect(extensionIn(`import { x } from '${imported}';`, files)).toBe(extension);
  });

  it('follows tsconfig.json, and what that extends, if it compiles to CommonJS', () => {
    const files = {
      ...ES_MODULE,
      '/tsconfig.json': { extends: './base.json' },
      '/base.json': { compilerOptions: { module: 'commonjs' } },
    };
    expect(extensionIn('', files)).toBe('');
  });
});
