exports.up = (knex) =>
  knex.schema.createTable('orders', (table) => {
    table.bigIncrements('id');
    table.bigInteger('customer_id').notNullable().references('customers.id');
    table.timestamp('placed_at').notNullable().defaultTo(knex.fn.now());
    table.decimal('total', 10, 2).notNullable();
    table.index('customer_id', 'idx_orders_customer_id');
  });

exports.down = (knex) => knex.schema.dropTable('orders');
