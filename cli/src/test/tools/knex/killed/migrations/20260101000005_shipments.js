exports.config = {transaction: false};

exports.up = async (knex) => {
  await knex.schema.createTable('shipments', (table) => table.bigIncrements('id'));
  process.kill(process.pid, 'SIGKILL');
  await new Promise(() => {});
};

exports.down = (knex) => knex.schema.dropTable('shipments');
