exports.config = {transaction: false};

exports.up = async (knex) => {
  await knex.schema.createTable('invoices', (table) => {
    table.bigIncrements('id');
    table.bigInteger('order_id').notNullable().references('orders.id');
  });
  await knex.raw('CREATE UNIQUE INDEX CONCURRENTLY idx_customers_name ON customers (name)');
};

exports.down = (knex) => knex.schema.dropTable('invoices');
