exports.up = (knex) =>
  knex.schema.createTable('customers', (table) => {
    table.bigIncrements('id');
    table.text('email').notNullable();
    table.text('name');
  });

exports.down = (knex) => knex.schema.dropTable('customers');
