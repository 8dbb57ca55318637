// Prisma's own engine, as `prisma migrate deploy` and `prisma migrate resolve` call it. Those
// commands want it as a native program, which their package downloads; this is the same engine as
// WebAssembly.
import {bindMigrationAwareSqlAdapterFactory} from '@prisma/driver-adapter-utils';
import {PrismaPg} from '@prisma/adapter-pg';
import {readdirSync, readFileSync} from 'node:fs';
import {createRequire} from 'node:module';

const [command, migrationName] = process.argv.slice(2);
const folder = 'prisma/migrations';
const migrationsList = {
  baseDir: folder,
  lockfile: {
    path: 'migration_lock.toml',
    content: readFileSync(`${folder}/migration_lock.toml`, 'utf8'),
  },
  shadowDbInitScript: '',
  migrationDirectories: readdirSync(folder, {withFileTypes: true})
    .filter((entry) => entry.isDirectory())
    .map(({name}) => ({
      path: name,
      migrationFile: {
        path: 'migration.sql',
        content: {tag: 'ok', value: readFileSync(`${folder}/${name}/migration.sql`, 'utf8')},
      },
    })),
};
const engine = await engineOn(process.env.DATABASE_URL);
const filters = {externalTables: [], externalEnums: []};
switch (command) {
  case 'deploy':
    console.log(await engine.applyMigrations({migrationsList, filters}));
    break;
  case 'applied':
    await engine.markMigrationApplied({migrationName, migrationsList});
    break;
  case 'rolled-back':
    await engine.markMigrationRolledBack({migrationName});
    break;
  default:
    throw new Error(`not a command: ${command}`);
}
process.exit(0);

async function engineOn(connectionString) {
  const bindings = await import('@prisma/schema-engine-wasm/schema_engine_bg');
  const path = createRequire(import.meta.url).resolve('@prisma/schema-engine-wasm/schema_engine_bg');
  const wasm = await WebAssembly.instantiate(readFileSync(path.replace(/js$/, 'wasm')), {
    './schema_engine_bg.js': bindings,
  });
  bindings.__wbg_set_wasm(wasm.instance.exports);
  wasm.instance.exports.__wbindgen_start();
  const schema = readFileSync('prisma/schema.prisma', 'utf8');
  const adapter = bindMigrationAwareSqlAdapterFactory(new PrismaPg({connectionString}));
  return bindings.SchemaEngine.new({datamodels: [['schema.prisma', schema]]}, console.error, adapter);
}
