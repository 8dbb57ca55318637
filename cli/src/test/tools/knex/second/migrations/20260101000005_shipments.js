exports.up = (knex) =>
  knex.schema.createTable('shipments', (table) => {
    table.bigIncrements('id');
    table.bigInteger('order_id').notNullable().references('orders.id');
  });

exports.down = (knex) => knex.schema.dropTable('shipments');
